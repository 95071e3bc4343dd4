using Sideband.Events;
using Sideband.Search.Results.Files;

namespace Sideband.Search.Tests.Results.Files;

/// <summary>results.json is written and read without loss.</summary>
public sealed class ResultsJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.PathOf("results.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Written_and_read_it_is_the_same()
    {
        ResultsJson.Write(Path, ScanResults.Typical());
        var first = File.ReadAllText(Path);
        ResultsJson.Write(Path, ResultsJson.Read(Path));
        File.ReadAllText(Path).ShouldBe(first);
        first.ShouldContain("\"n_template_pass\": {");
        first.ShouldContain("\"sum_w2\": 50321");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"schema\": \"sideband.scan/1\" }")]
    [InlineData("{ \"schema\": \"sideband.plan/1\" }")]
    [InlineData("results")]
    public void Another_file_is_refused_in_one_line(string text)
    {
        File.WriteAllText(Path, text);
        var error = Should.Throw<InputDataException>(() => ResultsJson.Read(Path));
        error.Message.ShouldStartWith($"{Path}: ");
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_missing_file_is_refused() =>
        Should.Throw<InputDataException>(() => ResultsJson.Read(Path))
            .Message.ShouldStartWith($"{Path}: cannot be read as results of a search: ");

    [Fact]
    public void A_number_that_json_has_not_is_never_written() => Should.Throw<ArgumentException>(() =>
        ResultsJson.Write(Path, ScanResults.Typical() with { Timing = new(double.NaN, 0, new Dictionary<string, double>()) }));
}
