using Sideband.Templates.Combined;

namespace Sideband.Templates.Tests.Combined;

public sealed class EqualPartsTests
{
    [Fact]
    public void Every_source_has_the_same_summed_weight_and_its_own_ratios_and_identities()
    {
        var few = ToyEvents.Background("few", 100).WithWeights([.. Enumerable.Range(1, 100).Select(i => 1e6 * i)]);
        var many = ToyEvents.Background("many", 500);
        var mixture = EqualParts.Of([few, many]);
        mixture.Count.ShouldBe(600);
        mixture.HasLabels.ShouldBeFalse();
        var weights = mixture.Weights.ToArray();

        // Sums of some hundred numbers.
        weights[..100].Sum().ShouldBe(300, 1e-9);
        weights[100..].Sum().ShouldBe(300, 1e-9);
        (weights[99] / weights[0]).ShouldBe(100, 1e-9);
        mixture.Identity.ToArray().ShouldBe([.. few.Identity.ToArray(), .. many.Identity.ToArray()]);
    }
}
