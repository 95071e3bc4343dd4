using Sideband.Reporting.Charts;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>An axis on which every window has a place, its centre, and every working point a place beside it.</summary>
internal sealed class WindowAxis
{
    private const int MostTicks = 12;

    private readonly IReadOnlyList<(double Low, double High)> _windows;
    private readonly SharedAxes _axes;
    private readonly double _step;
    private readonly double _low;
    private readonly double[] _ticks;

    /// <summary>The searched windows.</summary>
    public WindowAxis(string figure, ScanResult result, SharedAxes axes)
        : this(figure, [.. result.Windows.Select(window => (window.Low, window.High))], axes)
    {
    }

    /// <param name="figure">The figure's kind.</param>
    /// <param name="windows">Limits of each window.</param>
    /// <param name="axes">The report's axes: its working points have places beside each centre, the same in every run.</param>
    public WindowAxis(string figure, IReadOnlyList<(double Low, double High)> windows, SharedAxes axes)
    {
        (_windows, _axes) = (windows, axes);
        double[] centres = [.. windows.Select(window => Centre(window.Low, window.High)).Order()];
        var width = windows.Average(window => window.High - window.Low);
        var spacing = centres.Zip(centres.Skip(1), (first, second) => second - first).Where(gap => gap > 0).DefaultIfEmpty(width).Min();
        HalfGroup = 0.35 * spacing;
        _step = spacing * 0.6 / Math.Max(axes.WorkingPoints.Count, 2);
        _ticks = [.. centres.Select(Digits.Round).Distinct().Where((_, i) => i % (1 + (centres.Length / MostTicks)) == 0)];
        (_low, High) = axes.Range(figure + ".windows", centres[0] - (0.7 * spacing), centres[^1] + (0.7 * spacing));
    }

    /// <summary>Its upper limit.</summary>
    public double High { get; }

    /// <summary>Half the width of a box at one place.</summary>
    public double HalfBox => _step * 0.42;

    /// <summary>Half the width of what stands at a centre alone, without places beside it.</summary>
    public double HalfGroup { get; }

    public static double Centre(double low, double high) => 0.5 * (low + high);

    public double Place(WindowResult window, double epsilon) => Place(window.Low, window.High, epsilon);

    /// <summary>The place of a working point in a window of these limits, whatever its number in a grid.</summary>
    public double Place(double low, double high, double epsilon) =>
        Centre(low, high) + (_step * (_axes.Place(epsilon) - (0.5 * (_axes.WorkingPoints.Count - 1))));

    /// <summary>The axis, with ticks at the centres, or at every second or third of many.</summary>
    public Axis X(ScanResult result, AxisTitles titles) => new(Title(result, titles), _low, High, _ticks);

    private string Title(ScanResult result, AxisTitles titles)
    {
        var widths = _windows.Select(window => window.High - window.Low).ToArray();
        var width = widths.Max() - widths.Min() < 1e-6 * widths.Max() ? FormattableString.Invariant($", width {widths[0]:0.####}") : "";
        return $"centre of the window in {titles.Mass(result)}{width}";
    }
}
