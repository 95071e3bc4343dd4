using Sideband.Search.Experiments;

namespace Sideband.Reporting.Wording;

/// <summary>The kinds of calibrations in words.</summary>
internal static class Kinds
{
    public static string Words(string kind) => kind switch
    {
        CalibrationRequest.WithinWindows => "permuted within windows",
        CalibrationRequest.OverAllWindows => "permuted over all windows",
        CalibrationRequest.HalfSplit => "half-split, both ways",
        CalibrationRequest.FromMonteCarlo => "whole chain on events of the Monte Carlo",
        CalibrationRequest.FromSimulator => "whole chain on events of the simulator",
        CalibrationRequest.FromDensity => "whole chain on events of a density of the data",
        _ => kind.Replace('_', ' '),
    };
}
