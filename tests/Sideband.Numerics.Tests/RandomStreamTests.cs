namespace Sideband.Numerics.Tests;

public class RandomStreamTests
{
    [Fact]
    public void A_stream_is_found_by_its_seed_and_names_alone()
    {
        var first = RandomStream.For(7, "window 5", "fold 2");
        RandomStream.For(7, "window 5", "fold 3").NextUInt64();
        RandomStream.For(7, "window 5", "fold 2").NextUInt64().ShouldBe(first.NextUInt64());
        RandomStream.For(7, "window 5fold", " 2").NextUInt64().ShouldNotBe(RandomStream.For(7, "window 5", "fold 2").NextUInt64());
        RandomStream.For(8, "window 5", "fold 2").NextUInt64().ShouldNotBe(RandomStream.For(7, "window 5", "fold 2").NextUInt64());
    }

    [Fact]
    public void The_numbers_of_a_stream_never_change() =>
        RandomStream.For(1, "a").NextUInt64().ShouldBe(1620301894554017404UL);

    [Fact]
    public void Moments_of_uniform_and_normal_numbers_are_right()
    {
        var stream = RandomStream.For(3, "moments");
        const int n = 400_000;
        double sum = 0, sumSquares = 0, uniform = 0;
        for (var i = 0; i < n; i++)
        {
            var x = stream.NextGaussian();
            sum += x;
            sumSquares += x * x;
            uniform += stream.NextDouble();
        }

        // Five standard errors.
        (sum / n).ShouldBe(0, 5 / Math.Sqrt(n));
        (sumSquares / n).ShouldBe(1, 5 * Math.Sqrt(2.0 / n));
        (uniform / n).ShouldBe(0.5, 5 * Math.Sqrt(1.0 / 12 / n));
    }

    [Fact]
    public void A_shuffle_is_a_permutation()
    {
        var values = Enumerable.Range(0, 1000).ToArray();
        RandomStream.For(1, "shuffle").Shuffle(values.AsSpan());
        values.ShouldNotBe(Enumerable.Range(0, 1000));
        values.Order().ShouldBe(Enumerable.Range(0, 1000));
    }
}
