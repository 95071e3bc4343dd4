using Sideband.Inference.Calibration;
using Sideband.Numerics;

namespace Sideband.Inference.Limits;

/// <summary>
/// The number B of background events that pass: Poisson with a mean that is itself uncertain, N_exp (1 + sigma_exp g) with g a standard
/// normal, cut off where the mean would be negative.
/// </summary>
public sealed class BackgroundDistribution
{
    internal const string NoBackground = "N_obs lies so far below N_exp that no background fluctuation explains it";

    private const double Bulk = 9;

    private readonly double[] _probability;
    private readonly double[] _cumulative;

    /// <param name="expected">N_exp, above 0.</param>
    /// <param name="relativeVariance">sigma_exp^2, at least 0.</param>
    /// <param name="largest">Counts are tabulated up to here, at least 0.</param>
    public BackgroundDistribution(double expected, double relativeVariance, int largest)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expected);
        ArgumentOutOfRangeException.ThrowIfNegative(relativeVariance);
        ArgumentOutOfRangeException.ThrowIfNegative(largest);
        _probability = new double[largest + 1];
        var sigma = Math.Sqrt(relativeVariance);
        if (sigma == 0)
        {
            Add(expected, 1);
        }
        else
        {
            // As a function of g a tail of B steps where the mean reaches the count, with a width of 1/(sigma sqrt(N_exp)), somewhere.
            var width = 3 / (sigma * Math.Sqrt(expected));
            foreach (var (g, probability) in NormalAverage.Even(Math.Max(-Bulk, -1 / sigma), Bulk, Math.Min(1, width)))
            {
                Add(expected * (1 + (sigma * g)), probability);
            }
        }

        _cumulative = new double[largest + 1];
        var sum = 0.0;
        for (var k = 0; k <= largest; k++)
        {
            sum += _probability[k];
            _cumulative[k] = Math.Min(1, sum);
        }
    }

    /// <summary>Of a count that has no failure, tabulated up to just above its N_obs.</summary>
    internal static BackgroundDistribution Of(PassingCount count) => new(
        count.Background.Expected.Value!.Value,
        count.Background.RelativeVariance.Value!.Value,
        (int)Math.Floor(count.Observed.Value!.Value) + 1);

    /// <summary>P(B = k) for k = 0, 1, ... up to the largest count tabulated.</summary>
    public ReadOnlySpan<double> Probabilities => _probability;

    /// <summary>
    /// P(B &lt;= x), linear between whole x: for a yield y that is interpolated between whole ones, P(B &lt;= N - y) is the mixture of the
    /// two neighbouring whole yields with mean y.
    /// </summary>
    /// <param name="x">At most the largest count tabulated; 0 from -1 downwards.</param>
    public double AtMost(double x)
    {
        if (x <= -1)
        {
            return 0;
        }

        var below = (int)Math.Floor(x);
        var left = below < 0 ? 0 : _cumulative[below];
        return x == below ? left : left + ((x - below) * (_cumulative[below + 1] - left));
    }

    /// <summary>Adds a Poisson distribution, from its largest tabulated term outwards until nothing is left.</summary>
    private void Add(double mean, double weight)
    {
        const double negligible = 1e-20;
        var peak = (int)Math.Min(_probability.Length - 1, Math.Floor(mean));
        var start = weight * Poisson.Probability(peak, mean);
        var term = start;
        for (var k = peak; k >= 0 && term > negligible * start; k--)
        {
            _probability[k] += term;
            term *= k / mean;
        }

        term = start;
        for (var k = peak + 1; k < _probability.Length && term > negligible * start; k++)
        {
            term *= mean / k;
            _probability[k] += term;
        }
    }
}
