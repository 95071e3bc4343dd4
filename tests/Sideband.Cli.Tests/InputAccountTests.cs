using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Sideband.Cli.Tests;

/// <summary>What results.json says of the rows that were read, left out and repaired.</summary>
public sealed class InputAccountTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NaN_and_infinite_values_are_dropped_and_counted_by_reason()
    {
        var data = WithOddRows();
        var input = DataOf(Run(toys.SearchWith("--data", data)));
        Counts(input["dropped"]!)
            .ShouldBe([("m is NaN", 1), ("x is NaN", 2), ("x is infinite", 1), ("y is infinite", 1)], ignoreOrder: true);
        input["events_read"]!.GetValue<long>().ShouldBe(4005);
        input["used"]!.GetValue<long>().ShouldBe(4000);
        input["rows"]!.GetValue<string>().ShouldBe("all");
        input["file_name"]!.GetValue<string>().ShouldBe("odd.csv");
        input["sha256"]!.GetValue<string>().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(data))));
    }

    [Fact]
    public void Missing_features_are_kept_where_asked_for_but_infinite_values_and_missing_masses_are_not()
    {
        var input = DataOf(Run(Toys.Changed(toys.Search("--missing", "keep"), "--data", WithOddRows())));
        Counts(input["dropped"]!).ShouldBe([("m is NaN", 1), ("x is infinite", 1), ("y is infinite", 1)], ignoreOrder: true);
        input["used"]!.GetValue<long>().ShouldBe(4002);
    }

    [Fact]
    public void Rows_outside_the_mass_range_and_of_the_other_label_are_counted()
    {
        var results = Run(
            Toys.SearchOf(toys.Labelled + "[100:4200]", "--systematics", "none", "--background-only", "--mass-range", "3.4:6.6"));
        var input = DataOf(results);
        input["rows"]!.GetValue<string>().ShouldBe("100:4200");
        var dropped = Counts(input["dropped"]!).ToDictionary();
        dropped.Keys.ShouldBe(["label is 1", "outside mass_range"], ignoreOrder: true);
        dropped["label is 1"].ShouldBe(200);
        input["used"]!.GetValue<long>().ShouldBe(4100 - 200 - dropped["outside mass_range"]);
    }

    [Fact]
    public void Negative_jet_masses_by_rounding_are_repaired_and_counted()
    {
        // Two back-to-back jets: mjj from 3 to 7 TeV; the first jet of every tenth event has a mass of -1e-4 of its momentum.
        string[] jets = ["pxj1,pyj1,pzj1,mj1,pxj2,pyj2,pzj2,mj2"];
        string[] events = [.. jets, .. Toys.Lines(6, 4000, 0, label: false)[1..].Select((line, i) =>
        {
            var fields = line.Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
            var momentum = 500 * fields[0];
            var mass = i % 10 == 0 ? -1e-4 * momentum : 100 + (10 * fields[1]);
            return string.Create(CultureInfo.InvariantCulture, $"{momentum},0,0,{mass},{-momentum},0,0,{200 + (10 * fields[2])}");
        })];
        string[] arguments = ["--systematics", "none"];
        var search = Toys.Changed(Toys.SearchOf(_folder.Write("jets.csv", events), arguments), "--mass", "mjj");
        var input = DataOf(Run(Toys.Changed(search, "--features", "mj1,delta_mj")));
        Counts(input["repaired"]!).ShouldBe([("negative jet mass by rounding taken as 0", 400)]);
        input["used"]!.GetValue<long>().ShouldBe(4000);
    }

    [Theory]
    [InlineData("data.npz")]
    [InlineData("data.csv")]
    public void The_same_events_in_another_format_give_the_same_plan(string name)
    {
        var events = Events.EventReader.Load(new Events.EventFileSpec(toys.Data), new Events.ColumnRequest("m", ["x", "y"])).Events;
        Events.Writers.EventWriter.Write(_folder.PathOf(name), events);
        DataOf(Run(toys.SearchWith("--data", _folder.PathOf(name))))["used"]!.GetValue<long>().ShouldBe(4000);
    }

    private string WithOddRows() => _folder.Write(
        "odd.csv", [.. Toys.Lines(5, 4000, 0, label: false), "nan,1,1", "5,nan,1", "5,,1", "5,inf,1", "5,1,-inf"]);

    private JsonNode Run(string[] arguments)
    {
        Cli.Succeed([.. arguments, "--out", _folder.PathOf("run"), "--quiet"]);
        return ResultsFile.Read(_folder.PathOf("run"));
    }

    private static JsonNode DataOf(JsonNode results) =>
        results["inputs"]!.AsArray().Single(input => input!["role"]!.GetValue<string>() == "data")!;

    private static (string, long)[] Counts(JsonNode reasons) =>
        [.. reasons.AsObject().Select(reason => (reason.Key, reason.Value!.GetValue<long>()))];
}
