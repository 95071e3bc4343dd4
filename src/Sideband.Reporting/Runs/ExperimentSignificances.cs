using Sideband.Events;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Runs;

/// <summary>S of every experiment of the calibration that the p-values come from.</summary>
public sealed class ExperimentSignificances
{
    private readonly double?[] _values;
    private readonly int _points;
    private readonly List<int> _windows;

    /// <param name="result">The search.</param>
    /// <param name="arrays">summary/KIND.json.</param>
    /// <exception cref="InputDataException">Of other windows or working points.</exception>
    public ExperimentSignificances(ScanResult result, WindowArrays arrays)
    {
        var significance = arrays["significance"];
        (_values, _points) = (significance, result.Windows[0].WorkingPoints.Count);
        _windows = [.. result.Windows.Select(window => window.Number)];
        Count = significance.Shape[0];
        if (significance.Shape is not [_, var windows, var points] || windows != _windows.Count || points != _points)
        {
            throw new InputDataException(
                $"summary/{result.Calibrations[^1].Kind}.json: of other windows or working points than results.json; "
                + "'sideband collect DIR' writes both again");
        }
    }

    /// <summary>Number of experiments.</summary>
    public int Count { get; }

    /// <summary>Of one window at one working point; null where an experiment has none.</summary>
    public double?[] Of(WindowResult window, int workingPoint)
    {
        var place = (_windows.IndexOf(window.Number) * _points) + workingPoint;
        return [.. Enumerable.Range(0, Count).Select(e => _values[(e * _windows.Count * _points) + place])];
    }

    /// <summary>The largest of each experiment; null where one is not known.</summary>
    public double?[] Largest()
    {
        var each = _windows.Count * _points;
        return [.. _values.Chunk(each).Select(all => all.Contains(null) ? null : all.Max())];
    }
}
