namespace Sideband.Learning.Networks;

/// <summary>A network with its loss and its events, as the <see cref="Trainer"/> sees it. Rows are numbers of events.</summary>
internal unsafe interface ITrainable
{
    Parameters Parameters { get; }

    /// <summary>Whether rows of a batch influence each other: then a batch is one shard.</summary>
    bool MixesRows { get; }

    /// <summary>Makes buffers for shards 0, ..., <paramref name="shards"/> - 1 of up to <paramref name="rows"/> rows.</summary>
    void Prepare(int shards, int rows);

    /// <summary>Brings what is derived from the weights up to date.</summary>
    void Refresh();

    /// <summary>Before an epoch's steps.</summary>
    /// <param name="team">Threads that may be used.</param>
    void BeginEpoch(ShardTeam team)
    {
    }

    /// <summary>One shard's part of a training step.</summary>
    /// <param name="shard">Its number: its buffers and its random stream.</param>
    /// <param name="rows">Its events.</param>
    /// <param name="batchRows">Events of the whole step: the gradient is that of the loss summed over the shard's rows, over this.</param>
    /// <param name="gradient">Written completely but for padding.</param>
    LossSum Step(int shard, ReadOnlySpan<int> rows, int batchRows, float* gradient);

    /// <summary>Loss of some validation events.</summary>
    LossSum Evaluate(int shard, ReadOnlySpan<int> rows);

    /// <summary>After an epoch's steps and before its validation.</summary>
    void EndEpoch(ReadOnlySpan<int> trainingRows)
    {
    }
}

/// <summary>A loss summed over rows, and the sum of their weights.</summary>
internal readonly record struct LossSum(double Sum, double Weight)
{
    public double Mean => Sum / Weight;

    public static LossSum operator +(LossSum a, LossSum b) => new(a.Sum + b.Sum, a.Weight + b.Weight);
}
