using System.Text.Json.Nodes;

namespace Sideband.Cli.Tests;

/// <summary>results.json and the other files of a run directory as tests compare them.</summary>
internal static class ResultsFile
{
    public static JsonNode Read(string run) => JsonNode.Parse(File.ReadAllText(Path.Combine(run, "results.json")))!;

    /// <summary>results.json without what the promise of identical results leaves out.</summary>
    public static string Comparable(string run)
    {
        var results = Read(run).AsObject();
        results.Remove("timing").ShouldBeTrue();
        results.Remove("provenance").ShouldBeTrue();
        return results.ToJsonString();
    }

    /// <summary>Two runs gave the same numbers and, byte by byte, the same summaries and scores.</summary>
    public static void ShouldBeTheSame(string run, string reference)
    {
        Comparable(run).ShouldBe(Comparable(reference));
        foreach (var folder in (string[])["summary", "scores"])
        {
            var (files, expected) = (FilesOf(run, folder), FilesOf(reference, folder));
            files.Keys.ShouldBe(expected.Keys);
            expected.ShouldNotBeEmpty();
            foreach (var (name, bytes) in expected)
            {
                files[name].AsSpan().SequenceEqual(bytes).ShouldBeTrue($"{folder}/{name} of {run}");
            }
        }
    }

    /// <summary>One working point of one window.</summary>
    public static JsonNode Point(JsonNode results, int window, int workingPoint) =>
        results["windows"]![window]!["working_points"]![workingPoint]!;

    /// <summary>The number of finished work units.</summary>
    public static int UnitCount(string run) =>
        Directory.Exists(Path.Combine(run, "work")) ? Directory.GetFiles(Path.Combine(run, "work"), "*.units").Length : 0;

    private static SortedDictionary<string, byte[]> FilesOf(string run, string folder) => new(
        Directory.GetFiles(Path.Combine(run, folder)).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes),
        StringComparer.Ordinal);
}
