using Sideband.Inference;
using Sideband.Inference.Counting;
using Sideband.Search.Plan;
using Sideband.Search.Results;

namespace Sideband.Search.Collect;

/// <summary>Per working point: do the windows away from the largest excess agree with the background estimate?</summary>
internal static class ValidationCollector
{
    public static IReadOnlyList<ValidationResult> Of(SearchPlan plan, IReadOnlyList<WindowResult> windows) =>
    [
        .. plan.Settings.WorkingPoints.Select((epsilon, e) =>
        {
            var verdict = ValidationVerdict.Of([.. windows.Select(window =>
                (new Window(window.Number, window.Low, window.High), Value(window.WorkingPoints[e].Significance)))]);
            return new ValidationResult(
                epsilon,
                verdict.Mean.Value,
                verdict.ChiSquared.Value,
                verdict.Windows,
                verdict.Biased ? "background_estimate_biased" : "ok",
                verdict.Biased ? null : verdict.LargestExcess?.Number,
                verdict.Reason);
        }),
    ];

    private static Measured Value(RunValues values) =>
        values.Mean is { } mean ? Measured.Of(mean) : Measured.Undefined(values.Reason ?? "undefined");
}
