using System.Globalization;
using System.Text.RegularExpressions;
using Sideband.Events;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;

namespace Sideband.Search.Proposals;

/// <summary>
/// What to type for a table that has not the columns of the defaults: a mass, features and windows from what is in the file, a beginning
/// to be thought about.
/// </summary>
/// <param name="Options">Options and their values, in the order in which they are typed.</param>
public sealed partial record SearchProposal(IReadOnlyList<(string Option, string Value)> Options)
{
    private const double Tolerated = 0.5;
    private static readonly double[] WorkingPoints = [0.1, 0.01, 0.001, 0.0001];

    // At a working point fewer template events than these say little.
    private const double FewestPassing = 10;

    /// <summary>A proposal for a table of events that was given where settings are expected.</summary>
    public static SearchProposal? ForTable(string path) => Of(new SearchSettings { Data = [EventFileSpec.Parse(path)] }, always: true);

    /// <summary>
    /// A proposal for settings whose mass, features or windows are the defaults, where the data have no such columns; null where the
    /// defaults do, or where something else is wrong.
    /// </summary>
    public static SearchProposal? Of(SearchSettings settings) => settings.IsBuiltInExample ? null : Of(settings, always: false);

    private static SearchProposal? Of(SearchSettings settings, bool always)
    {
        var defaults = new SearchSettings();
        var path = settings.Data[0].Path;
        var table = FileSummary.Of(path, null);
        string[] known = [.. table.Columns.Concat(table.Derived).Where(column => column.Minimum is not null).Select(column => column.Name)];
        var hasMass = known.Contains(settings.Mass);
        var hasFeatures = FeatureSets.Resolve(settings.Features).All(known.Contains);
        var asksForMass = !hasMass && settings.Mass == defaults.Mass;
        var asksForFeatures = !hasFeatures && settings.Features == defaults.Features;
        var asksForWindows = settings.Windows.ByNumber && (asksForMass || settings.Mass != defaults.Mass);
        var possible = (hasMass || asksForMass) && (hasFeatures || asksForFeatures);
        if (!possible || (!always && !asksForMass && !asksForFeatures && !asksForWindows))
        {
            return null;
        }

        var mass = asksForMass ? Mass(table) : settings.Mass;
        if (mass is null)
        {
            return null;
        }

        string[] features = asksForFeatures
            ? Features(FileSummary.Of(path, mass), mass, settings.Weight, settings.Method.Traits.StandsMassDependence)
            : [.. FeatureSets.Resolve(settings.Features)];
        if (features.Length == 0)
        {
            return null;
        }

        var options = new List<(string, string)>();
        AddIf(asksForMass, "--mass", mass);
        AddIf(asksForFeatures, "--features", FeatureSets.Join(features));
        if (asksForWindows)
        {
            var events = EventReader.Load(settings.Data[0], new ColumnRequest(mass, features, null, settings.Missing)).Events;
            if (WindowProposal.Of(events.Mass.ToArray()) is not { } windows)
            {
                return null;
            }

            options.Add(("--windows", windows.Text));
            double[] points = [.. WorkingPoints.Where(epsilon => epsilon * windows.FewestEvents >= FewestPassing)];
            AddIf(
                !points.SequenceEqual(settings.WorkingPoints),
                "--working-points",
                string.Join(',', (points.Length > 0 ? points : [WorkingPoints[0]]).Select(e => e.ToString(CultureInfo.InvariantCulture))));
        }

        var needsMonteCarlo = settings.Estimate.Name.StartsWith("mc", StringComparison.Ordinal) && settings.MonteCarlo.Count == 0;
        AddIf(needsMonteCarlo, "--systematics", settings.Estimate.Name == "mc+sideband" ? "sideband" : GivenEstimate.None);
        return new SearchProposal(options);

        void AddIf(bool asked, string option, string value)
        {
            if (asked)
            {
                options.Add((option, value));
            }
        }
    }

    // A column that is called like a mass, else the first of numbers above 0 that vary.
    private static string? Mass(FileSummary table)
    {
        var candidates = table.Columns.Where(column => IsQuantity(column) && !Unfit().IsMatch(column.Name)).ToArray();
        return (candidates.FirstOrDefault(column => Exactly().IsMatch(column.Name))
            ?? candidates.FirstOrDefault(column => LikeAMass().IsMatch(column.Name))
            ?? candidates.FirstOrDefault(column => column.Minimum > 0))?.Name;
    }

    private static string[] Features(FileSummary table, string mass, string? weight, bool standsMassDependence)
    {
        var candidates = table.Columns
            .Where(column => IsQuantity(column) && !Unfit().IsMatch(column.Name) && column.Name != mass && column.Name != weight)
            .ToArray();
        var independent = candidates.Where(column => standsMassDependence || Math.Abs(column.MassCorrelation ?? 0) <= Tolerated).ToArray();
        return [.. (independent.Length > 0 ? independent : candidates).Select(column => column.Name)];
    }

    private static bool IsQuantity(ColumnSummary column) => column.Minimum < column.Maximum;

    [GeneratedRegex("^(m|mass|invmass|inv_mass|invariant_mass|m_?inv)$", RegexOptions.IgnoreCase)]
    private static partial Regex Exactly();

    [GeneratedRegex("^m_?[a-z]{2,3}$|(^|_)mass(_|$)|^m_", RegexOptions.IgnoreCase)]
    private static partial Regex LikeAMass();

    [GeneratedRegex(
        "^(label|target|class|w|weights?|.*_weight|weight_.*|run|event|event_?(id|number)|lumi.*|index|id|entry|row|unnamed.*)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Unfit();
}
