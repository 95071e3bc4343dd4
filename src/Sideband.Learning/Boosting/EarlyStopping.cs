namespace Sideband.Learning.Boosting;

/// <summary>
/// Stops when none of the last <paramref name="patience"/> losses is lower than the one before them by more than
/// <paramref name="tolerance"/> (scikit-learn's _should_stop).
/// </summary>
internal sealed class EarlyStopping(int patience, double tolerance)
{
    private readonly List<double> _losses = [];

    /// <summary>The losses, the first before any tree.</summary>
    public List<double> Losses => _losses;

    /// <summary>The position of the lowest loss, the first of equals.</summary>
    public int Best { get; private set; }

    public bool ShouldStop
    {
        get
        {
            if (_losses.Count < patience + 1)
            {
                return false;
            }

            var reference = _losses[^(patience + 1)] - tolerance;
            for (var i = _losses.Count - patience; i < _losses.Count; i++)
            {
                if (_losses[i] < reference)
                {
                    return false;
                }
            }

            return true;
        }
    }

    public void Add(double loss)
    {
        _losses.Add(loss);
        if (loss < _losses[Best])
        {
            Best = _losses.Count - 1;
        }
    }
}
