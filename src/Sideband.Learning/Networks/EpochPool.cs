namespace Sideband.Learning.Networks;

/// <summary>Keeps the weights of the epochs of lowest validation loss (CATHODE, arXiv:2109.00546, section 3).</summary>
internal sealed class EpochPool(Parameters parameters, int capacity)
{
    private readonly List<(int Epoch, double Loss, float[] Snapshot)> _kept = [];

    /// <summary>Numbers of the epochs that are kept, the one of lowest loss first.</summary>
    public int[] Epochs => [.. _kept.OrderBy(entry => entry.Loss).Select(entry => entry.Epoch)];

    /// <summary>Their weights and statistics.</summary>
    public float[][] Snapshots => [.. _kept.OrderBy(entry => entry.Loss).Select(entry => entry.Snapshot)];

    public void Offer(int epoch, double loss)
    {
        var snapshot = default(float[]);
        if (_kept.Count == capacity)
        {
            var worst = 0;
            for (var i = 1; i < capacity; i++)
            {
                worst = _kept[i].Loss > _kept[worst].Loss ? i : worst;
            }

            if (loss >= _kept[worst].Loss)
            {
                return;
            }

            snapshot = _kept[worst].Snapshot;
            _kept.RemoveAt(worst);
        }

        snapshot ??= new float[parameters.SnapshotLength];
        parameters.CopyTo(snapshot);
        _kept.Add((epoch, loss, snapshot));
    }
}
