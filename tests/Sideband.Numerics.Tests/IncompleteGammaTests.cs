namespace Sideband.Numerics.Tests;

public class IncompleteGammaTests
{
    [Fact]
    public void Both_functions_agree_with_30_digits()
    {
        foreach (var row in NumericsReference.Rows("incomplete_gamma.csv"))
        {
            var (a, x) = (row[0], row[1]);
            Compare(IncompleteGamma.Lower(a, x), row[2]);
            Compare(IncompleteGamma.Upper(a, x), row[3]);

            // exp(-a phi) carries the rounding of its exponent, 700 at the most: 1e-12 relative; the larger of the two is 1 minus the
            // other.
            void Compare(double value, double reference) =>
                value.ShouldBe(reference, reference > 0.5 ? 1e-13 : (2e-12 * reference) + 1e-300, $"a = {a}, x = {x}");
        }
    }

    [Theory]
    [InlineData(1, 0.7)]
    [InlineData(4, 2.5)]
    [InlineData(20, 31.0)]
    public void Whole_a_gives_Poisson_probabilities(int count, double mean)
    {
        var (term, below) = (Math.Exp(-mean), 0.0);
        for (var k = 0; k < count; k++)
        {
            below += term;
            term *= mean / (k + 1);
        }

        IncompleteGamma.Upper(count, mean).ShouldBe(below, 1e-13);
        IncompleteGamma.Lower(count, mean).ShouldBe(1 - below, 1e-13);
    }

    [Fact]
    public void A_sum_that_stops_lies_between_its_ceiling_and_the_value()
    {
        var exact = IncompleteGamma.Lower(120, 100);
        IncompleteGamma.Lower(120, 100, exact / 3).ShouldBeInRange(exact / 3, exact);
        IncompleteGamma.Lower(120, 100, exact / 3).ShouldBeLessThan(exact);
        IncompleteGamma.Lower(120, 100, 2 * exact).ShouldBe(exact);
    }

    [Fact]
    public void Limits_and_refusals()
    {
        IncompleteGamma.Lower(3, 0).ShouldBe(0);
        IncompleteGamma.Upper(3, 0).ShouldBe(1);
        IncompleteGamma.Lower(2, 1e4).ShouldBe(1);
        Should.Throw<ArgumentOutOfRangeException>(() => IncompleteGamma.Lower(0, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => IncompleteGamma.Lower(1, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => IncompleteGamma.Upper(1, double.PositiveInfinity));
    }
}
