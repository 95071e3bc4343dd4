using System.Globalization;
using Sideband.Events;

namespace Sideband.Search.Compare;

/// <summary>Searches can be compared event by event where data, windows and number of folds are the same.</summary>
internal static class SameSearch
{
    /// <summary>Refuses runs that are not of one data set.</summary>
    /// <exception cref="ConfigurationException">The first difference, by name.</exception>
    public static void Require(IReadOnlyList<ComparedRun> runs)
    {
        var first = runs[0];
        foreach (var other in runs.Skip(1))
        {
            Differ(first, other, "mass", run => run.Settings.Mass);
            Differ(first, other, "features", run => string.Join(",", run.Plan.Inputs.Data.FeatureNames));
            if (first.Plan.Inputs.Data.Fingerprint() != other.Plan.Inputs.Data.Fingerprint())
            {
                throw new ConfigurationException(
                    $"compare: {first.Name} and {other.Name} search different events: {DataOf(first)}, and {DataOf(other)}");
            }

            Differ(first, other, "windows", run => string.Join(",", run.Windows.Select(window => Limits(window.SignalRegion))));
            Differ(first, other, "folds", run => run.Settings.Folds.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>True where every run has the same test events.</summary>
    public static bool HaveOneTest(IReadOnlyList<ComparedRun> runs) =>
        runs.All(run => run.Plan.Inputs.Test is not null)
        && runs.Select(run => run.Plan.Inputs.Test!.Fingerprint()).Distinct().Count() == 1;

    private static void Differ(ComparedRun first, ComparedRun other, string what, Func<ComparedRun, string> value)
    {
        if (value(first) != value(other))
        {
            throw new ConfigurationException(
                $"compare: {what} is '{value(first)}' in {first.Name} and '{value(other)}' in {other.Name}; "
                + "only runs with the same data, windows, features and number of folds can be compared");
        }
    }

    private static string DataOf(ComparedRun run) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Plan.Inputs.Data.Count} of ")
        + string.Join(" and ", run.Plan.Inputs.Accounts.Where(account => account.Role is "data" or "inject").Select(account =>
            string.Create(CultureInfo.InvariantCulture, $"{account.Role} {account.FileName} (rows {account.Rows}, {account.Used} used)")));

    private static string Limits(MassInterval region) => string.Create(CultureInfo.InvariantCulture, $"{region.Low:R}:{region.High:R}");
}
