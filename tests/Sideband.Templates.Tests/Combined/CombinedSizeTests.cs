using Sideband.Templates.Combined;

namespace Sideband.Templates.Tests.Combined;

public sealed class CombinedSizeTests
{
    [Fact]
    public void Independent_sources_count_as_they_are() =>
        CombinedSize.Sharing([("simulation", 1000), ("drawn", 4000), ("searched", 700)]).ShouldBe(1, 1e-12);

    [Fact]
    public void Sources_made_of_the_same_events_count_these_once()
    {
        // Two of a thousand each: as many errors as a thousand, with twice the events.
        CombinedSize.Sharing([("simulation", 1000), ("simulation", 1000)]).ShouldBe(2, 1e-12);

        // Three parts of one weight each, two of them moving together: (4 + 1)/3.
        CombinedSize.Sharing([("simulation", 1000), ("simulation", 1000), ("drawn", 1000)]).ShouldBe(5.0 / 3, 1e-12);
    }

    [Fact]
    public void The_statistical_error_of_shared_events_is_that_of_experiments()
    {
        // Sums of two copies of Poisson counts, and of independent ones, relative to what the weights alone would say.
        var stream = Numerics.RandomStream.For(1, "sharing");
        var (sum, squares, repeats) = (0.0, 0.0, 4000);
        for (var i = 0; i < repeats; i++)
        {
            var (shared, drawn) = (Count(ref stream, 100), Count(ref stream, 100));
            double total = (2 * shared) + drawn;
            (sum, squares) = (sum + total, squares + (total * total));
        }

        var variance = (squares / repeats) - (sum / repeats * (sum / repeats));

        // The error of a variance of 4000 is 2.2 %.
        (variance / 300).ShouldBe(CombinedSize.Sharing([("simulation", 100), ("simulation", 100), ("drawn", 100)]), 0.15);
    }

    private static int Count(ref Numerics.RandomStream stream, int mean)
    {
        var count = 0;
        for (var i = 0; i < 100 * mean; i++)
        {
            count += stream.NextInt(100) == 0 ? 1 : 0;
        }

        return count;
    }
}
