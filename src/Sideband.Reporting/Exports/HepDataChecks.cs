using System.Text.Json.Nodes;

namespace Sideband.Reporting.Exports;

/// <summary>What HEPData asks of a submission beyond the schema of each document.</summary>
public static class HepDataChecks
{
    private const int LongestName = 64;
    private static readonly string[] Keywords = ["cmenergies", "observables", "reactions", "phrases"];

    /// <summary>One line for each fault; empty for a good submission.</summary>
    /// <param name="folder">Holds the files.</param>
    /// <param name="documents">Of submission.yaml: what holds for all, then one a table.</param>
    public static IReadOnlyList<string> Faults(string folder, IReadOnlyList<JsonObject> documents)
    {
        var faults = new List<string>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in documents.Where(document => document.ContainsKey("data_file")))
        {
            var name = (string)table["name"]!;
            if (name.Length > LongestName || !names.Add(name))
            {
                faults.Add($"'{name}': a name must have at most {LongestName} characters and stand once");
            }

            faults.AddRange(table["keywords"]!.AsArray().Select(keyword => (string)keyword!["name"]!)
                .Where(keyword => !Keywords.Contains(keyword))
                .Select(keyword => $"'{name}': '{keyword}' is no keyword; allowed: {string.Join(", ", Keywords)}"));
            faults.AddRange(TableFaults(name, Path.Combine(folder, (string)table["data_file"]!)));
        }

        faults.AddRange(documents
            .SelectMany(document => document["additional_resources"]?.AsArray() ?? [])
            .Select(resource => (string)resource!["location"]!)
            .Where(location => !File.Exists(Path.Combine(folder, location)))
            .Select(location => $"{location}: named and not there"));
        return faults;
    }

    private static IEnumerable<string> TableFaults(string name, string path)
    {
        if (!File.Exists(path))
        {
            return [$"'{name}': {path} is not there"];
        }

        var content = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        int[] lengths =
        [
            .. new[] { "independent_variables", "dependent_variables" }
                .SelectMany(kind => content[kind]!.AsArray())
                .Select(column => column!["values"]!.AsArray().Count),
        ];
        return lengths.Distinct().Count() > 1
            ? [$"'{name}': columns of different length: {string.Join(", ", lengths)}"]
            : [];
    }
}
