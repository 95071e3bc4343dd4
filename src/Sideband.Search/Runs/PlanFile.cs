using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Results.Files;

namespace Sideband.Search.Runs;

/// <summary>
/// plan.json: the units of a search by number, name, key, the units that they need and expected CPU time, for batch systems. Units of one
/// stage stand together: a job array a stage, each after the one before, does every shared need once.
/// </summary>
public static class PlanFile
{
    public const string SchemaName = "sideband.plan/1";

    public static void Write(RunDirectory directory, SearchPlan plan) => JsonFile.Write(
        directory.PlanFile,
        new Content(
            SchemaName,
            [.. plan.Units.GroupBy(unit => unit.Stage.Kind).Select(stage => new Stage(stage.Key, stage.First().Index, stage.Last().Index))],
            [
                .. plan.Units.Select(unit => new Unit(
                    unit.Index, unit.Name, unit.Key, [.. unit.Needs.Select(need => need.Index)], Math.Round(unit.Cost, 4))),
            ]));

    /// <summary>Refuses a range outside the plan, and a plan that was written for other inputs.</summary>
    /// <exception cref="ConfigurationException">No plan, another plan, or numbers outside it.</exception>
    /// <exception cref="InputDataException">The plan is damaged.</exception>
    public static void Check(RunDirectory directory, SearchPlan plan, int first, int last)
    {
        if (!File.Exists(directory.PlanFile))
        {
            throw new ConfigurationException($"{directory.Root}: no plan.json; write it with 'sideband plan {directory.Root}'");
        }

        if (!Keys(directory).SequenceEqual(plan.Units.Select(unit => unit.Key)))
        {
            throw new ConfigurationException(
                $"{directory.PlanFile}: the inputs changed since the plan was written; "
                + $"write it again with 'sideband plan {directory.Root}'");
        }

        if (first < 1 || last > plan.Units.Count || first > last)
        {
            throw new ConfigurationException($"units: '{first}-{last}' is not allowed; allowed: A-B between 1 and {plan.Units.Count}");
        }
    }

    /// <summary>The JSON Schema of plan.json, published as schema/sideband.plan.json.</summary>
    public static string Schema() => JsonFile.Schema<Content>(SchemaName, "plan.json of a search, schema " + SchemaName);

    /// <summary>Keys of the units in plan order.</summary>
    /// <exception cref="InputDataException">The plan is damaged.</exception>
    internal static IEnumerable<string> Keys(RunDirectory directory) =>
        JsonFile.Read<Content>(directory.PlanFile, SchemaName, "the plan of a search").Units.Select(unit => unit.Key);

    private sealed record Content(string Schema, IReadOnlyList<Stage> Stages, IReadOnlyList<Unit> Units);

    private sealed record Stage(string Name, int First, int Last);

    private sealed record Unit(int Index, string Name, string Key, IReadOnlyList<int> Needs, double CpuSeconds);
}
