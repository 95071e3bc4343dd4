using Sideband.Events;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Runs;

/// <summary>S of every experiment of a calibration.</summary>
public sealed class ExperimentSignificances
{
    private readonly double?[] _values;
    private readonly int _points;
    private readonly List<int> _windows;
    private readonly int[] _claimed;

    /// <param name="result">The search.</param>
    /// <param name="calibration">One of its calibrations.</param>
    /// <param name="arrays">summary/KIND.json.</param>
    /// <exception cref="InputDataException">Of other windows or working points.</exception>
    public ExperimentSignificances(ScanResult result, CalibrationResult calibration, WindowArrays arrays)
    {
        var significance = arrays["significance"];
        (_values, _points) = (significance, result.Windows[0].WorkingPoints.Count);
        _windows = [.. result.Windows.Select(window => window.Number)];
        _claimed = [.. result.Windows.Index().Where(entry => entry.Item.MayClaim).Select(entry => entry.Index)];
        Calibration = calibration;
        Count = significance.Shape[0];
        if (significance.Shape is not [_, var windows, var points] || windows != _windows.Count || points != _points)
        {
            throw new InputDataException(
                $"summary/{calibration.Kind}.json: of other windows or working points than results.json; "
                + "'sideband collect DIR' writes both again");
        }
    }

    /// <summary>What the experiments were made for.</summary>
    public CalibrationResult Calibration { get; }

    /// <summary>Number of experiments.</summary>
    public int Count { get; }

    /// <summary>Of one window at one working point; null where an experiment has none.</summary>
    public double?[] Of(WindowResult window, int workingPoint)
    {
        var place = (_windows.IndexOf(window.Number) * _points) + workingPoint;
        return [.. Enumerable.Range(0, Count).Select(e => _values[(e * _windows.Count * _points) + place])];
    }

    /// <summary>The largest of each experiment over the windows that may claim, as p_global has it; null where one is not known.</summary>
    public double?[] Largest() =>
    [
        .. _values.Chunk(_windows.Count * _points).Select(all =>
        {
            double?[] looked = [.. _claimed.SelectMany(w => all.Skip(w * _points).Take(_points))];
            return looked.Contains(null) ? null : looked.Max();
        }),
    ];
}
