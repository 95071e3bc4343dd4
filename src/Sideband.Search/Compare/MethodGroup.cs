using Sideband.Search.Results;
using Sideband.Search.Settings;

namespace Sideband.Search.Compare;

/// <summary>Runs of one method that differ in their seeds and number of repetitions alone: more trainings of the same.</summary>
/// <param name="Name">The method, or the first run's name where other runs of the method have other settings.</param>
/// <param name="Runs">At least one.</param>
internal sealed record MethodGroup(string Name, IReadOnlyList<ComparedRun> Runs)
{
    private static readonly string[] Repetitions = ["seed", "classifier_seed", "runs"];

    /// <summary>The run whose template is shown.</summary>
    public ComparedRun First => Runs[0];

    public ComparedMethodResult Result => new(
        Name,
        First.Settings.Method.Name,
        [.. Runs.Select(run => run.Name)],
        [.. Runs.Select(run => run.Settings.Seed)],
        Runs.Sum(run => run.Settings.Runs))
    {
        ClassifierSeeds = [.. Runs.Select(run => run.Settings.ClassifierSeed)],
        Generators = Runs.Select(run => (run.Settings.Seed, run.Settings.Runs)).Distinct()
            .GroupBy(run => run.Seed).Sum(seed => seed.Max(run => run.Runs)),
    };

    /// <summary>Groups in the order of their first runs.</summary>
    public static IReadOnlyList<MethodGroup> Of(IReadOnlyList<ComparedRun> runs)
    {
        var groups = new List<List<ComparedRun>>();
        foreach (var run in runs)
        {
            if (groups.Find(group => AreOne(group[0].Settings, run.Settings) && group.All(member => Seed(member) != Seed(run))) is { } own)
            {
                own.Add(run);
            }
            else
            {
                groups.Add([run]);
            }
        }

        bool IsAlone(ComparedRun run) => groups.Count(group => group[0].Settings.Method.Name == run.Settings.Method.Name) == 1;

        return [.. groups.Select(group => new MethodGroup(IsAlone(group[0]) ? group[0].Settings.Method.Name : group[0].Name, group))];
    }

    private static (ulong, ulong?) Seed(ComparedRun run) => (run.Settings.Seed, run.Settings.ClassifierSeed);

    private static bool AreOne(SearchSettings first, SearchSettings second) =>
        SettingsWriter.Differences(first.WithoutFolders(), second.WithoutFolders()).All(key => Repetitions.Contains(key.Name));
}
