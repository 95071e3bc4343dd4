using System.Text.Json.Nodes;

namespace Sideband.Reporting.Exports;

/// <summary>What a workspace's schema allows and no program can use.</summary>
public static class WorkspaceChecks
{
    /// <summary>One line for each fault; empty for a good workspace.</summary>
    public static IReadOnlyList<string> Faults(JsonObject workspace)
    {
        var faults = new List<string>();
        var observed = Named(workspace["observations"]).ToDictionary(entry => entry.Name, entry => Numbers(entry.Node["data"]));
        var (parameters, signal) = (new HashSet<string>(StringComparer.Ordinal), 0.0);
        foreach (var (channel, node) in Named(workspace["channels"]))
        {
            var samples = Named(node["samples"]).ToArray();
            var bins = Numbers(samples[0].Node["data"]).Length;
            var counted = observed.GetValueOrDefault(channel, []);
            if (counted.Length != bins)
            {
                faults.Add($"{channel}: {bins} bins, {counted.Length} observed");
            }

            if (counted.Any(events => !(events >= 0)))
            {
                faults.Add($"{channel}: an observation is below 0");
            }

            var background = samples.Where(sample => !IsSignal(sample.Node)).ToArray();
            signal += samples.Except(background).Sum(sample => Numbers(sample.Node["data"]).Sum());
            for (var bin = 0; bin < bins; bin++)
            {
                if (!(background.Sum(sample => Numbers(sample.Node["data"]).ElementAtOrDefault(bin)) > 0))
                {
                    faults.Add($"{channel}: no background in bin {bin}");
                }
            }

            foreach (var (name, sample) in samples)
            {
                foreach (var (modifier, type, data) in Modifiers(sample))
                {
                    parameters.Add(modifier);
                    faults.AddRange(Faults(type, data, bins).Select(fault => $"{channel}, {name}, {modifier}: {fault}"));
                }

                if (Numbers(sample["data"]).Length != bins)
                {
                    faults.Add($"{channel}, {name}: {Numbers(sample["data"]).Length} bins in place of {bins}");
                }
            }
        }

        if (!(signal > 0))
        {
            faults.Add("no signal in any bin");
        }

        foreach (var (name, node) in Named(workspace["measurements"]))
        {
            if ((string?)node["config"]!["poi"] is var poi && !parameters.Contains(poi!))
            {
                faults.Add($"{name}: the parameter of interest '{poi}' is no modifier");
            }
        }

        return faults;
    }

    private static IEnumerable<string> Faults(string type, JsonNode? data, int bins)
    {
        if (type == "normsys" && !((double)data!["lo"]! > 0 && (double)data["hi"]! > 0))
        {
            yield return "lo and hi must be above 0";
        }

        JsonNode?[] lists = type switch { "shapesys" or "staterror" => [data], "histosys" => [data!["lo_data"], data["hi_data"]], _ => [] };
        foreach (var values in lists.Select(Numbers))
        {
            if (values.Length != bins)
            {
                yield return $"{values.Length} bins in place of {bins}";
            }

            if (values.Any(value => !(value > 0)))
            {
                yield return "a value is not above 0";
            }
        }
    }

    private static bool IsSignal(JsonNode sample) => Modifiers(sample).Any(modifier => modifier.Type == "normfactor");

    private static IEnumerable<(string Name, JsonNode Node)> Named(JsonNode? list) =>
        list!.AsArray().Select(entry => ((string)entry!["name"]!, entry!));

    private static IEnumerable<(string Name, string Type, JsonNode? Data)> Modifiers(JsonNode sample) =>
        sample["modifiers"]!.AsArray().Select(entry => ((string)entry!["name"]!, (string)entry["type"]!, entry["data"]));

    private static double[] Numbers(JsonNode? list) => [.. list!.AsArray().Select(value => (double)value!)];
}
