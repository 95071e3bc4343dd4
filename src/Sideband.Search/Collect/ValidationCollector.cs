using Sideband.Inference;
using Sideband.Inference.Counting;
using Sideband.Search.Plan;
using Sideband.Search.Results;

namespace Sideband.Search.Collect;

/// <summary>
/// Per working point: can delta_sys be trusted, and do the windows away from the largest excess agree with the background estimate?
/// </summary>
internal static class ValidationCollector
{
    public static IReadOnlyList<ValidationResult> Of(SearchPlan plan, IReadOnlyList<WindowResult> windows, BackgroundModel model) =>
    [
        .. plan.Settings.WorkingPoints.Select((epsilon, e) =>
        {
            var verdict = ValidationVerdict.Of([.. windows.Select(window =>
                (new Window(window.Number, window.Low, window.High), Value(window, e)))]);
            var distrust = ShiftVerdict.Against(epsilon, model.Shifts[e], windows[0].WorkingPoints[e].SigmaSys);
            var claims = distrust is null && !verdict.Biased;
            return new ValidationResult(
                epsilon,
                verdict.Mean.Value,
                verdict.ChiSquared.Value,
                verdict.Windows,
                claims ? ValidationResult.Ok : distrust is null ? ValidationResult.Biased : ValidationResult.NotTrusted,
                claims ? verdict.LargestExcess?.Number : null,
                distrust ?? (verdict.LargestExcess is null ? NoneLeft(windows) : null) ?? verdict.Reason);
        }),
    ];

    private static string? NoneLeft(IReadOnlyList<WindowResult> windows)
    {
        string[] against =
        [
            .. windows.Any(window => window.ClaimWithheld is not null) ? ["the tables"] : Array.Empty<string>(),
            .. windows.Any(window => window.State == WindowState.TemplateFails) ? ["the sidebands"] : Array.Empty<string>(),
        ];
        return against.Length == 0 ? null
            : $"no window is left: {string.Join(" and ", against)} speak against a claim in "
                + (windows.All(window => !window.MayClaim) ? "all of them" : "the others");
    }

    // A window whose claim is withheld is known not to look like background: it neither claims nor says anything about the others. Of one
    // whose template was contradicted, runs that were not have a number; nothing is claimed from them alone.
    private static Measured Value(WindowResult window, int workingPoint) => window switch
    {
        { NoClaim: { } reason } => WindowClaims.Nothing(reason),
        _ when window.WorkingPoints[workingPoint].Significance is { Mean: { } mean } => Measured.Of(mean),
        _ => Measured.Undefined(window.WorkingPoints[workingPoint].Significance.Reason ?? "undefined"),
    };
}
