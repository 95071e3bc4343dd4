using Sideband.Inference.Limits;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.Limits;

public class RedrawSpreadTests
{
    [Theory]
    [InlineData(20, 0.95, 1.10518)] // t = 1.72913
    [InlineData(5, 0.95, 1.58736)] // t = 2.13185
    [InlineData(2, 0.95, 6.64846)] // t = 6.31375
    [InlineData(20, 0.9, 1.08920)] // t = 1.32773
    [InlineData(20, 0.3, 1.05131)]
    public void The_factor_follows_from_tables_of_t(int count, double confidence, double factor) =>
        RedrawSpread.Factor(count, confidence).ShouldBe(factor, 2e-5);

    [Fact]
    public void Values_keep_their_mean_and_order_and_stay_above_0()
    {
        double[] values = [4, 5, 6, 9];
        var spread = RedrawSpread.Of(values, 0.95);
        spread.ShouldBeInOrder();
        spread.Average().ShouldBe(6, 1e-12);
        ((spread[3] - spread[0]) / 5).ShouldBe(RedrawSpread.Factor(4, 0.95), 1e-12);
        RedrawSpread.Of([0, 0, 1], 0.95)[0].ShouldBe(0);
        RedrawSpread.Of([3], 0.95).ShouldBe([3.0]);
    }

    [Fact]
    public void One_more_normal_value_lies_below_the_stretched_deviation_as_often_as_it_should()
    {
        var stream = RandomStream.For(9, "spread");
        const int count = 6, experiments = 20_000;
        var below = 0;
        for (var e = 0; e < experiments; e++)
        {
            double[] values = [.. Enumerable.Range(0, count).Select(_ => 20 + stream.NextGaussian())];
            var spread = RedrawSpread.Of(values, 0.95);
            var deviation = Math.Sqrt(spread.Average(value => (value - values.Average()) * (value - values.Average())));
            below += 20 + stream.NextGaussian() < values.Average() - (NormalDistribution.Quantile(0.95) * deviation) ? 1 : 0;
        }

        (below / (double)experiments).ShouldBe(0.05, 0.006); // 4 binomial errors
    }
}
