using Sideband.Reporting.Charts;
using Sideband.Reporting.Runs;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>
/// The axes of the figures of one report: a figure of one kind and window has the same in every run, so that figures side by side can be
/// compared. Each figure says what range its numbers need and gets the range that the figures of all runs have asked for so far; made
/// twice, the second time it gets that of all.
/// </summary>
internal sealed class SharedAxes(IReadOnlyList<ReportedRun> runs)
{
    private readonly Dictionary<string, (double Low, double High)> _ranges = [];

    /// <summary>Background efficiencies of all runs, falling: one colour and one place beside a window's centre each.</summary>
    public IReadOnlyList<double> WorkingPoints { get; } =
        [.. runs.SelectMany(run => run.Result.Windows[0].WorkingPoints.Select(point => point.EpsilonB)).Distinct().OrderDescending()];

    /// <summary>What colours tell apart in figures with the column working_point.</summary>
    public Series WorkingPointSeries => new("working_point", [.. WorkingPoints.Select(Labels.WorkingPoint)]);

    /// <summary>The place of a working point of any run.</summary>
    public int Place(double epsilon) => ((List<double>)[.. WorkingPoints]).IndexOf(epsilon);

    /// <summary>The cut that features are shown behind, in every run that has it.</summary>
    public double ShownWorkingPoint { get; } = Shown(runs);

    /// <summary>A range that holds what is asked for here and by the same figure of the other runs.</summary>
    /// <param name="axis">Figure and axis, the same in every run.</param>
    public (double Low, double High) Range(string axis, double low, double high)
    {
        var known = _ranges.GetValueOrDefault(axis, (low, high));
        return _ranges[axis] = (Math.Min(known.Item1, low), Math.Max(known.Item2, high));
    }

    /// <summary>Limits that leave a little room around the values, rounded outwards to hundredths.</summary>
    public static (double Low, double High) WithMargin(double[] values)
    {
        var margin = 0.04 * (values.Max() - values.Min());
        return (Math.Floor((values.Min() - margin) * 100) / 100, Math.Ceiling((values.Max() + margin) * 100) / 100);
    }

    /// <summary>A linear axis of this range.</summary>
    /// <param name="axis">Figure and axis, the same in every run.</param>
    public Axis Linear(string axis, string title, double low, double high, int ticks = 6, bool isNice = false)
    {
        (low, high) = Range(axis, low, high);
        return Axis.Linear(title, low, high, ticks, isNice);
    }

    /// <summary>A logarithmic axis around these values.</summary>
    /// <param name="axis">Figure and axis, the same in every run.</param>
    /// <param name="title">Quantity and unit.</param>
    /// <param name="values">What is drawn; numbers of at most 0 have no place on the axis.</param>
    /// <param name="floor">The axis does not go below.</param>
    public Axis Logarithmic(string axis, string title, IEnumerable<double> values, double floor)
    {
        var needed = Axis.LogarithmicAround(title, values, floor);
        var (low, high) = Range(axis, needed.Low, needed.High);
        return Axis.Logarithmic(title, low, high);
    }

    // The loosest one, with the most events to look at, whose largest significance is within 1 of the best, over the runs; preferably one
    // that every run has.
    private static double Shown(IReadOnlyList<ReportedRun> runs)
    {
        var largest = runs.SelectMany(run => run.Result.Windows)
            .SelectMany(window => window.WorkingPoints)
            .GroupBy(point => point.EpsilonB)
            .OrderByDescending(points => points.Key)
            .Select(points => (Epsilon: points.Key, Largest: points.Max(point => point.Significance.Mean)))
            .ToArray();
        bool InAll(double epsilon) => runs.All(run => Has(run.Result, epsilon));
        var common = largest.Where(entry => InAll(entry.Epsilon)).ToArray();
        var chosen = common.Length > 0 ? common : largest;
        var best = chosen.Max(entry => entry.Largest);
        return chosen.FirstOrDefault(entry => entry.Largest >= best - 1, chosen[0]).Epsilon;
    }

    private static bool Has(ScanResult result, double epsilon) =>
        result.Windows[0].WorkingPoints.Any(point => point.EpsilonB == epsilon);
}
