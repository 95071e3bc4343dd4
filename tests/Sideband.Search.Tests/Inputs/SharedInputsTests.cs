using System.Globalization;
using Sideband.Search.Inputs;
using Sideband.Search.Settings;

namespace Sideband.Search.Tests.Inputs;

/// <summary>Searches that read the same events share them; those that read others do not.</summary>
public sealed class SharedInputsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SharedInputs _shared = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("seed", "2", true)]
    [InlineData("classifier_seed", "2", true)]
    [InlineData("method", "cathode", true)]
    [InlineData("members", "5", true)]
    [InlineData("windows", "4.5:5.5", true)]
    [InlineData("features", "x", false)]
    [InlineData("mass_range", "3.5:7", false)]
    [InlineData("background_only", "true", false)]
    [InlineData("missing", "keep", false)]
    [InlineData("method", "supervised", false)]
    public void What_is_read_decides(string key, string text, bool same)
    {
        var data = _folder.Write(
            "data.csv", ["m,x,y,label", .. Enumerable.Range(0, 100).Select(i => Line(3 + (0.04 * i), i, i % 7, i % 10 == 0 ? 1 : 0))]);
        SearchSettings With(params (string, string)[] more) => Toy.Settings([("data", data), .. more]);
        var first = _shared.Of(With());
        first.Data.Count.ShouldBe(100);
        ReferenceEquals(_shared.Of(With()), first).ShouldBeTrue();
        ReferenceEquals(_shared.Of(With((key, text))), first).ShouldBe(same);
    }

    private static string Line(double m, double x, double y, int label) =>
        string.Create(CultureInfo.InvariantCulture, $"{m},{x},{y},{label}");
}
