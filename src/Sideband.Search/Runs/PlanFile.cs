using System.Text.Json;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Search.Plan;

namespace Sideband.Search.Runs;

/// <summary>
/// plan.json: the units of a search by number, name, key, the units that they need and expected CPU time, for batch systems. Units of one
/// stage stand together: a job array a stage, each after the one before, does every shared need once.
/// </summary>
public static class PlanFile
{
    public static void Write(RunDirectory directory, SearchPlan plan) => AtomicFile.Write(directory.PlanFile, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("schema", "sideband.plan/1");
        json.WriteStartArray("stages");
        foreach (var stage in plan.Units.GroupBy(unit => unit.Stage.Kind))
        {
            json.WriteStartObject();
            json.WriteString("name", stage.Key);
            json.WriteNumber("first", stage.First().Index);
            json.WriteNumber("last", stage.Last().Index);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("units");
        foreach (var unit in plan.Units)
        {
            json.WriteStartObject();
            json.WriteNumber("index", unit.Index);
            json.WriteString("name", unit.Name);
            json.WriteString("key", unit.Key);
            json.WriteStartArray("needs");
            foreach (var need in unit.Needs)
            {
                json.WriteNumberValue(need.Index);
            }

            json.WriteEndArray();
            json.WriteNumber("cpu_seconds", Math.Round(unit.Cost, 2));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Refuses a range outside the plan, and a plan that was written for other inputs.</summary>
    /// <exception cref="ConfigurationException">No plan, another plan, or numbers outside it.</exception>
    public static void Check(RunDirectory directory, SearchPlan plan, int first, int last)
    {
        if (!File.Exists(directory.PlanFile))
        {
            throw new ConfigurationException($"{directory.Root}: no plan.json; write it with 'sideband plan {directory.Root}'");
        }

        using var json = JsonDocument.Parse(File.ReadAllText(directory.PlanFile));
        var keys = json.RootElement.GetProperty("units").EnumerateArray().Select(unit => unit.GetProperty("key").GetString());
        if (!keys.SequenceEqual(plan.Units.Select(unit => unit.Key)))
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
}
