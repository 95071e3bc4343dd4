using Sideband.Events.Writers;
using Sideband.Search.Checks;
using Sideband.Search.Inputs;

namespace Sideband.Search.Tests.Inputs;

/// <summary>What is allowed and yet most likely a mistake.</summary>
public sealed class InputWarningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_feature_that_depends_on_the_mass_is_named_with_the_methods_that_stand_it()
    {
        // Correlation over [3, 7) without the window: slope 0.7 with sd(m) about 1.4 gives about 0.7.
        var warnings = Warnings("correlated.npz", slope: 0.7, "cwola");
        warnings.Count.ShouldBe(1);
        warnings[0].ShouldMatch(
            "^feature 'x' has correlation 0\\.\\d\\d with m in the sidebands, which method 'cwola' takes for a signal; "
            + "methods that stand it: cathode, lacathode, anode, salad, feta, curtains, combined, ideal, supervised$");
    }

    [Theory]
    [InlineData(0, "cwola")]
    [InlineData(0.7, "ideal")]
    public void Otherwise_there_is_no_warning(double slope, string method) => Warnings("other.npz", slope, method).ShouldBeEmpty();

    private IReadOnlyList<string> Warnings(string name, double slope, string method)
    {
        EventWriter.Write(_folder.PathOf(name), Toy.Background(name, 3000, slope));
        var settings = Toy.Settings(("data", _folder.PathOf(name)), ("method", method), ("systematics", "none"));
        return SearchChecks.Of(settings, InputLoader.Load(settings)).Warnings;
    }
}
