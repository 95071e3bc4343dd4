using Sideband.Search.Inputs;
using Sideband.Search.Results;
using Sideband.Search.Settings;
using Sideband.Templates;

namespace Sideband.Search.Checks;

/// <summary>
/// What the tables themselves say against a search, before any training: one mechanism for roles and for windows. Every check has its
/// number and its reason; what the method stands (<see cref="MethodTraits"/>) is not asked.
/// </summary>
/// <param name="Roles">How much the events of each role are worth.</param>
/// <param name="Results">Every check, passed ones too.</param>
/// <param name="Warnings">One line for each thing that is amiss, whatever the number of windows.</param>
public sealed record SearchChecks(
    IReadOnlyList<RoleResult> Roles, IReadOnlyList<CheckResult> Results, IReadOnlyList<string> Warnings)
{
    public static SearchChecks Of(SearchSettings settings, SearchInputs inputs)
    {
        var traits = settings.Method.Traits;
        var (roles, results) = (new List<RoleResult>(), new List<CheckResult>());
        foreach (var (role, events) in inputs.Tables.Where(entry => entry.Key != InputRole.Injected))
        {
            var (result, variance) = CopyCheck.Of(role.Name, events);
            roles.Add(RoleSummary.Of(role.Name, events, variance));
            results.Add(result);
            results.AddRange(role == InputRole.Data ? CopyCheck.InWindows(settings, events, variance) : []);
        }

        results.AddRange(MassPlaces.Of(settings, inputs));
        results.AddRange(FeatureContent.Of(inputs));
        if (!traits.StandsMassDependence)
        {
            results.AddRange(MassCorrelation.Of(settings, inputs));
        }

        results.AddRange(MassDependence.Of(settings, inputs.Data));
        results.AddRange(inputs.Has(InputRole.IdealBackground)
            ? BackgroundLikeness.Of(settings, inputs.Tables)
            : ValuesInWindow.Of(settings, inputs.Data));

        if (!traits.StandsTurnOn)
        {
            results.AddRange(SpectrumCheck.Of(settings, inputs.Data));
            results.AddRange(MissingInWindow.Of(settings, inputs.Data));
        }

        return new SearchChecks(roles, results, [.. results.Where(result => result.Outcome != CheckResult.Ok)
            .GroupBy(result => (result.Check, result.Role, result.Feature, result.Outcome))
            .Select(group => Warning(settings.Method, [.. group]))]);
    }

    /// <summary>Variance over mean of a count of a role's events: above 1 where some are copies of others.</summary>
    public double CountVariance(InputRole role) => Roles.FirstOrDefault(known => known.Role == role.Name)?.CountVariance ?? 1;

    /// <summary>How many of the injected events lie in which windows, in words; null where none was injected, or none does.</summary>
    public string? Injected => Results
        .FirstOrDefault(result => result is { Check: MassPlaces.Name, Role: MassPlaces.InjectedRole, Outcome: CheckResult.Ok })?.Reason;

    /// <summary>Why no excess is claimed in a window; null where one may be.</summary>
    /// <param name="window">The searched window's number.</param>
    public string? Withheld(int window)
    {
        string[] reasons =
        [
            .. Results.Where(result => result.Window == window && result.Outcome == CheckResult.NoClaim).Select(result => result.Reason),
        ];
        return reasons.Length == 0 ? null : string.Join("; ", reasons);
    }

    // The worst of a group stands for all; the other windows are named.
    private static string Warning(ITemplateMethod method, CheckResult[] group)
    {
        var worst = group.MaxBy(result => Math.Abs(result.Value ?? double.PositiveInfinity))!;
        var others = group.Where(result => result.Window is not null && result != worst).Select(result => result.Window).ToArray();
        return worst.Reason
            + (others.Length > 0 ? $"; likewise window {string.Join(", ", others)}" : "")
            + (worst.Outcome == CheckResult.NoClaim ? $"; method '{method.Name}' claims no excess there" : "")
            + Standing(worst.Check, method.Traits);
    }

    // Of a dependence that cannot be interpolated, what does not interpolate stands it.
    private static string Standing(string check, MethodTraits own)
    {
        Func<MethodTraits, bool>? stands = check switch
        {
            MassDependence.Name when own.InterpolatesInMass => traits => traits.StandsMassDependence && !traits.InterpolatesInMass,
            MassCorrelation.Name or MassDependence.Name => traits => traits.StandsMassDependence,
            MissingInWindow.Name => traits => traits is { StandsTurnOn: true, TakesMissingValues: true },
            SpectrumCheck.Name => traits => traits.StandsTurnOn,
            _ => null,
        };
        return stands is null
            ? ""
            : "; methods that stand it: "
                + string.Join(", ", TemplateMethods.All.Where(method => stands(method.Traits)).Select(method => method.Name));
    }
}
