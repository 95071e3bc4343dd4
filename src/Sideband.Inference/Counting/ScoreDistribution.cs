namespace Sideband.Inference.Counting;

/// <summary>
/// The classifier scores of a set of events, sorted once, so that thresholds and passing counts at many working points cost a
/// binary search each. Higher scores are more signal-like.
/// </summary>
public sealed class ScoreDistribution
{
    private readonly float[] _scores; // ascending
    private readonly double[]? _weights; // of the same events; null: all 1
    private readonly double[] _weightsBelow = []; // sum of w before each event
    private readonly EventCount[] _passing = []; // from each event upwards

    /// <param name="scores">One score an event, any order; not changed.</param>
    /// <param name="weights">One weight an event, finite, of either sign; empty where all are 1.</param>
    /// <exception cref="ArgumentException">As many weights as scores are needed.</exception>
    public ScoreDistribution(ReadOnlySpan<float> scores, ReadOnlySpan<double> weights = default)
    {
        if (weights.Length != 0 && weights.Length != scores.Length)
        {
            throw new ArgumentException($"{weights.Length} weights for {scores.Length} scores.", nameof(weights));
        }

        _scores = scores.ToArray();
        HasNegativeWeights = weights.ContainsAnyInRange(double.NegativeInfinity, -double.Epsilon);
        Failure = Check(scores, weights);
        if (Failure is not null || weights.Length == 0)
        {
            Array.Sort(_scores);
            return;
        }

        _weights = weights.ToArray();
        Array.Sort(_scores, _weights);
        SortTied(_scores, _weights);
        _weightsBelow = new double[_scores.Length];
        _passing = new EventCount[_scores.Length];
        for (var i = 1; i < _scores.Length; i++)
        {
            _weightsBelow[i] = _weightsBelow[i - 1] + _weights[i - 1];
        }

        var sum = default(EventCount);
        for (var i = _scores.Length - 1; i >= 0; i--)
        {
            sum += new EventCount(1, _weights[i], _weights[i] * _weights[i]);
            _passing[i] = sum;
        }
    }

    /// <summary>Why these scores cannot be used (a score or weight that is not a finite number); null where they can.</summary>
    public string? Failure { get; }

    /// <summary>Whether some weight is negative: then the weight that passes may fall where the cut is loosened.</summary>
    public bool HasNegativeWeights { get; }

    public int Count => _scores.Length;

    /// <summary>The scores in ascending order.</summary>
    internal ReadOnlySpan<float> Ascending => _scores;

    /// <summary>All events.</summary>
    public EventCount Total => FromRank(0);

    /// <summary>The events with score &gt;= <paramref name="threshold"/>.</summary>
    public EventCount Passing(float threshold) => FromRank(FirstAtLeast(threshold));

    /// <summary>Number of events with exactly this score.</summary>
    public int Tied(float score)
    {
        var first = FirstAtLeast(score);
        var end = first;
        while (end < _scores.Length && _scores[end] == score)
        {
            end++;
        }

        return end - first;
    }

    /// <summary>
    /// The score below which a fraction <paramref name="probability"/> of the events lies, always the score of an event.
    /// Without weights the event of rank round((n - 1) p), half to even (numpy's quantile, method "nearest").
    /// With weights an event stands at t_j = sum_{i&lt;j} w_i + p w_j on the axis of summed weights, and the event nearest to p W,
    /// W = sum w, is taken, the even rank of two; with equal weights that is the unweighted rule. Of tied events the lighter stands first.
    /// </summary>
    /// <param name="probability">In [0, 1].</param>
    /// <exception cref="InvalidOperationException">No events, or negative weights.</exception>
    public float Quantile(double probability)
    {
        if (_scores.Length == 0 || HasNegativeWeights)
        {
            throw new InvalidOperationException("No quantile without events or with negative weights.");
        }

        return _scores[_weights is null
            ? (int)Math.Round((_scores.Length - 1) * probability, MidpointRounding.ToEven)
            : WeightedRank(_weights, probability)];
    }

    /// <summary>
    /// The cut that a fraction of the summed weight passes, always the score of an event: <see cref="Quantile"/> of 1 - fraction. With
    /// negative weights the sum of w above a cut can reach the fraction several times; the highest such score is taken, the first
    /// crossing from above. It exists (all events together reach it), and the sum that passes it is above 0.
    /// </summary>
    /// <param name="fraction">In (0, 1).</param>
    /// <exception cref="InvalidOperationException">No events, or negative weights with a sum that is not above 0.</exception>
    public float CutAt(double fraction)
    {
        if (!HasNegativeWeights)
        {
            return Quantile(1 - fraction);
        }

        // A relative 1e-9 below: ten weights of 3.7e-9 among a thousand must be 1 % of them, whatever the rounding of their sums.
        var target = fraction * Total.SumWeights * (1 - 1e-9);
        for (var i = _scores.Length - 1; i >= 0 && target > 0; i--)
        {
            // Tied events pass together: only the first of them is a cut.
            if ((i == 0 || _scores[i - 1] < _scores[i]) && _passing[i].SumWeights >= target)
            {
                return _scores[i];
            }
        }

        throw new InvalidOperationException($"No cut passes a fraction of the summed weight {Total.SumWeights}.");
    }

    /// <summary>The events from a rank (0: lowest score) upwards.</summary>
    internal EventCount FromRank(int first) => first >= _scores.Length ? default
        : _weights is null ? EventCount.Unweighted(_scores.Length - first)
        : _passing[first];

    private static string? Check(ReadOnlySpan<float> scores, ReadOnlySpan<double> weights)
    {
        var bad = 0;
        foreach (var score in scores)
        {
            bad += float.IsFinite(score) ? 0 : 1;
        }

        if (bad > 0)
        {
            return $"{bad} of {scores.Length} scores are not finite";
        }

        foreach (var weight in weights)
        {
            bad += double.IsFinite(weight) ? 0 : 1;
        }

        return bad > 0 ? $"{bad} of {weights.Length} weights are not finite" : null;
    }

    // The lighter first: ranks and sums are then the same for every order of the events, and a block of tied ones begins as low as it can,
    // nearest to the event below it.
    private static void SortTied(float[] scores, double[] weights)
    {
        var first = 0;
        for (var i = 1; i <= scores.Length; i++)
        {
            if (i == scores.Length || scores[i] != scores[first])
            {
                Array.Sort(weights, first, i - first);
                first = i;
            }
        }
    }

    private int WeightedRank(double[] weights, double probability)
    {
        var target = probability * Total.SumWeights;
        double Position(int rank) => _weightsBelow[rank] + (probability * weights[rank]);

        // First rank at or above the target, by bisection: t_j never falls with j.
        var (low, high) = (0, weights.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Position(middle) < target ? (middle + 1, high) : (low, middle);
        }

        if (low == 0)
        {
            return 0;
        }

        var above = Position(low) - target;
        var below = target - Position(low - 1);
        return below < above || (below == above && low % 2 == 1) ? low - 1 : low;
    }

    private int FirstAtLeast(float threshold)
    {
        var (low, high) = (0, _scores.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _scores[middle] < threshold ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
