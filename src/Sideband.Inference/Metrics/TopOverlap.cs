namespace Sideband.Inference.Metrics;

/// <summary>
/// How many of the events that one classifier scores highest others score highest, too (arXiv:2307.11157, section 3.1). Of tied events
/// that only in part belong to the top each belongs in that part, so that ties neither make nor hide agreement.
/// </summary>
public sealed class TopOverlap
{
    private readonly float[] _descending;
    private readonly int[] _order;

    /// <param name="scores">
    /// One an event, higher for what is more like signal; NaN, an event without a score, stands below all others.
    /// </param>
    public TopOverlap(ReadOnlySpan<float> scores)
    {
        _descending = new float[scores.Length];
        _order = new int[scores.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            (_descending[i], _order[i]) = (float.IsNaN(scores[i]) ? float.PositiveInfinity : -scores[i], i);
        }

        Array.Sort(_descending, _order);
    }

    /// <summary>Number of events.</summary>
    public int Count => _order.Length;

    /// <summary>How far each event belongs to the top fraction: 1, 0, or between where it is tied at the edge.</summary>
    /// <param name="fraction">p in (0, 1]: p times the number of events is the sum of what is returned.</param>
    public double[] Members(double fraction)
    {
        if (!(fraction > 0 && fraction <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A fraction lies in (0, 1].");
        }

        var members = new double[Count];
        var left = fraction * Count;
        for (var first = 0; first < Count && left > 0;)
        {
            var end = first + 1;
            while (end < Count && _descending[end] == _descending[first])
            {
                end++;
            }

            var part = Math.Min(1, left / (end - first));
            for (var i = first; i < end; i++)
            {
                members[_order[i]] = part;
            }

            left -= end - first;
            first = end;
        }

        return members;
    }

    /// <summary>The fraction of the top events that all classifiers have in common: 1 where they agree, p^(k - 1) by chance.</summary>
    /// <param name="members">[classifier][event], of one fraction p and of the same events.</param>
    /// <param name="fraction">p.</param>
    public static double Common(IReadOnlyList<double[]> members, double fraction)
    {
        if (members.Count == 0 || members.Any(of => of.Length != members[0].Length))
        {
            throw new ArgumentException("Sets of the same events are needed.", nameof(members));
        }

        var sum = 0.0;
        for (var i = 0; i < members[0].Length; i++)
        {
            var product = members[0][i];
            for (var k = 1; k < members.Count; k++)
            {
                product *= members[k][i];
            }

            sum += product;
        }

        return sum / (fraction * members[0].Length);
    }

    /// <summary>What independent classifiers have in common: p^(k - 1).</summary>
    /// <param name="classifiers">k, at least 1.</param>
    /// <param name="fraction">p.</param>
    public static double Chance(int classifiers, double fraction)
    {
        var chance = 1.0;
        for (var k = 1; k < classifiers; k++)
        {
            chance *= fraction;
        }

        return chance;
    }
}
