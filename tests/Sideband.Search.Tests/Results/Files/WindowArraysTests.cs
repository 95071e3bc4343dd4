using Sideband.Events;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;
using Sideband.Search.Runs;

namespace Sideband.Search.Tests.Results.Files;

/// <summary>summary/ is written and read without loss.</summary>
public sealed class WindowArraysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.PathOf("window_3.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Written_and_read_it_is_the_same()
    {
        var directory = RunDirectory.Create(_folder.PathOf("run"), Toy.Settings());
        new RunFiles(directory).Summary(new WindowSummary(
            3,
            4.5,
            5.5,
            [
                SummaryArray.Matrix("matrix", "a matrix", [[1, 2, 0.1], [double.NaN, 5, 1e-300]]),
                SummaryArray.Vector("none", "nothing", []),
            ]));
        var arrays = WindowArrays.Read(System.IO.Path.Combine(directory.SummaryFolder, "window_3.json"));
        arrays["matrix"].Row(0).ShouldBe([1, 2, 0.1]);
        arrays["matrix"].Row(1).ShouldBe([null, 5, 1e-300]);
        ((double?[])arrays["none"]).ShouldBeEmpty();
        arrays.Find("other").ShouldBeNull();
        Should.Throw<InputDataException>(() => arrays["other"]).Message.ShouldStartWith("summary: no array 'other'; ");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"schema\": \"sideband.scan/1\", \"arrays\": {} }")]
    [InlineData("{ \"schema\": \"sideband.summary/1\" }")]
    [InlineData("{ \"schema\": \"sideband.summary/1\", \"arrays\": { \"a\": { \"shape\": [2], \"values\": [1] } } }")]
    [InlineData("{ \"schema\": \"sideband.summary/1\", \"arrays\": { \"a\": { \"values\": [1] } } }")]
    public void Another_file_is_refused_in_one_line(string text)
    {
        File.WriteAllText(Path, text);
        var error = Should.Throw<InputDataException>(() => WindowArrays.Read(Path));
        error.Message.ShouldStartWith($"{Path}: ");
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_missing_file_is_refused() =>
        Should.Throw<InputDataException>(() => WindowArrays.Read(Path))
            .Message.ShouldStartWith($"{Path}: cannot be read as the summary of a window: ");
}
