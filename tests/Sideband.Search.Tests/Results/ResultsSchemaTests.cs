using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;
using Sideband.Search.Runs;
using Sideband.Search.Tests.Runs;

namespace Sideband.Search.Tests.Results;

/// <summary>schema/sideband.scan.json is what the program gives, and what the program writes keeps to it.</summary>
public sealed class ResultsSchemaTests : IDisposable
{
    private const string SchemaFile = "schema/sideband.scan.json";
    private const string ExampleFile = "schema/sideband.scan.example.json";
    private const string Renew = "SIDEBAND_RENEW_SCHEMA";

    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(ResultsSchema.Text()));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, Func<string>> Schemas => new()
    {
        { SchemaFile, ResultsSchema.Text },
        { "schema/sideband.summary.json", WindowArrays.Schema },
        { "schema/sideband.plan.json", PlanFile.Schema },
        { "schema/sideband.seal.json", RunSeal.Schema },
        { "schema/sideband.compare.json", ComparisonJson.Schema },
    };

    [Theory]
    [MemberData(nameof(Schemas))]
    public void The_committed_schema_is_that_of_the_records(string file, Func<string> schema)
    {
        if (Environment.GetEnvironmentVariable(Renew) == "1")
        {
            File.WriteAllText(PathOf(file), schema());
        }

        File.ReadAllText(PathOf(file)).ShouldBe(
            schema(),
            $"if results.json was changed on purpose, {Renew}=1 ./test Search ResultsSchema writes the schema anew");
    }

    [Fact]
    public void A_search_keeps_to_it()
    {
        var inputs = Toy.Inputs(Toy.Background("data", 6000), Toy.Background("mc", 6000), test: Toy.Signal("test", 500));
        IsValid(Written(Toy.Run(Toy.Settings(), inputs))).ShouldBeTrue();
    }

    [Fact]
    public void Failed_numbers_keep_to_it() => IsValid(Written(ScanResults.Typical())).ShouldBeTrue();

    [Fact]
    public void A_blind_search_keeps_to_it() => IsValid(Written(ScanResults.Blind())).ShouldBeTrue();

    [Fact]
    public void The_committed_example_keeps_to_it_and_can_be_read()
    {
        IsValid(JsonNode.Parse(File.ReadAllText(PathOf(ExampleFile)))!).ShouldBeTrue();
        ResultsJson.Read(PathOf(ExampleFile)).Windows.Count.ShouldBeGreaterThan(0);
    }

    public static TheoryData<string, Action<JsonNode>> Damages => new()
    {
        { "a list is missing", result => result.AsObject().Remove("windows") },
        { "another schema", result => result["schema"] = "sideband.scan/2" },
        { "a count is text", result => result["windows"]![0]!["events"] = "many" },
        { "a limit is null", result => result["windows"]![0]!["high"] = null },
        { "a count is a fraction", result => result["trials"] = 1.5 },
        { "an input without hash", result => result["inputs"]![0]!.AsObject().Remove("sha256") },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_doctored_result_does_not(string name, Action<JsonNode> damage)
    {
        var result = JsonNode.Parse(File.ReadAllText(PathOf(ExampleFile)))!;
        damage(result);
        IsValid(result).ShouldBeFalse(name);
        File.WriteAllText(_folder.PathOf("doctored.json"), result.ToJsonString());
        Should.Throw<InputDataException>(() => ResultsJson.Read(_folder.PathOf("doctored.json"))).Message.ShouldNotContain("\n");
    }

    [Fact]
    public void Summary_plan_and_seal_keep_to_theirs()
    {
        var run = FinishedRun.Make(_folder.PathOf("run"), FinishedRun.Settings());
        PlanFile.Write(run, Planner.Make(FinishedRun.Settings(), FinishedRun.Inputs));
        ShouldKeepTo(WindowArrays.Schema(), Path.Combine(run.SummaryFolder, "window_1.json"));
        ShouldKeepTo(PlanFile.Schema(), run.PlanFile);
        ShouldKeepTo(RunSeal.Schema(), run.SealFile);
    }

    private static void ShouldKeepTo(string schema, string path) => JsonSchema.FromText(schema)
        .Evaluate(JsonDocument.Parse(File.ReadAllText(path)).RootElement).IsValid.ShouldBeTrue(path);

    private JsonNode Written(ScanResult result)
    {
        var path = _folder.PathOf("results.json");
        ResultsJson.Write(path, result);
        return JsonNode.Parse(File.ReadAllText(path))!;
    }

    private static bool IsValid(JsonNode result) => Schema.Value.Evaluate(JsonSerializer.SerializeToElement(result)).IsValid;

    private static string PathOf(string relative, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", relative);
}
