using System.Globalization;
using System.Text.Json.Nodes;
using Sideband.Search.Plan;
using Sideband.Search.Settings;

namespace Sideband.Search.Tests.Runs;

/// <summary>Numbers, keys and files are the same in every culture.</summary>
public sealed class CultureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_culture_with_other_numbers_changes_no_key_and_no_file()
    {
        var expected = (Keys(), SettingsWriter.Hash(Settings), Made("plain"));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Other();
            $"{-1.5}".ShouldBe("−1,5");
            var made = (Keys(), SettingsWriter.Hash(Settings), Made("other"));
            made.Item1.ShouldBe(expected.Item1);
            made.Item2.ShouldBe(expected.Item2);
            made.Item3.ShouldBe(expected.Item3);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static SearchSettings Settings => FinishedRun.Settings(("mass_range", "3.25:6.75"));

    // As in German or Swedish; named cultures need globalization data, which the program does without.
    private static CultureInfo Other()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "−";
        culture.NumberFormat.NaNSymbol = "¤¤¤";
        return culture;
    }

    private static string[] Keys() => [.. Planner.Make(Settings, FinishedRun.Inputs).Units.Select(unit => $"{unit.Name} {unit.Key}")];

    private Dictionary<string, string> Made(string name)
    {
        var run = FinishedRun.Make(_folder.PathOf(name), Settings);
        var content = run.SealedParts().ToDictionary(part => part, part => File.ReadAllText(Path.Combine(run.Root, part)));
        var results = JsonNode.Parse(content["results.json"])!.AsObject();
        results.Remove("timing");
        results.Remove("provenance");
        content["results.json"] = results.ToJsonString();
        return content;
    }
}
