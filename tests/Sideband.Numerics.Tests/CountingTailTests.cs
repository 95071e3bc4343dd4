namespace Sideband.Numerics.Tests;

/// <summary>Against sums with 60 digits (tests/Reference/numerics/counting_tails.py).</summary>
public class CountingTailTests
{
    // 1e-13 of the rounding of e^-d, d up to 700: 700 times the double's 1.1e-16.
    private const double Tolerance = 2e-13;

    [Fact]
    public void Poisson_probabilities_and_both_tails_agree_with_60_digits()
    {
        foreach (var row in NumericsReference.Rows("poisson.csv"))
        {
            var (count, mean) = ((long)row[0], row[1]);
            Ratio(Poisson.Probability(count, mean), row[2]).ShouldBe(1, Tolerance, $"P(X = {count}), mean {mean}");
            Ratio(Poisson.LowerTail(count, mean), row[3]).ShouldBe(1, Tolerance, $"P(X <= {count}), mean {mean}");
            Ratio(Poisson.UpperTail(count, mean), row[4]).ShouldBe(1, Tolerance, $"P(X >= {count}), mean {mean}");
        }
    }

    [Fact]
    public void Poisson_has_its_ends()
    {
        Poisson.Probability(0, 0).ShouldBe(1);
        Poisson.Probability(3, 0).ShouldBe(0);
        Poisson.LowerTail(-1, 4).ShouldBe(0);
        Poisson.LowerTail(0, 0).ShouldBe(1);
        Poisson.UpperTail(0, 4).ShouldBe(1);
        Poisson.UpperTail(1, 0).ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => Poisson.LowerTail(1, double.NaN));
    }

    [Fact]
    public void Hypergeometric_tails_agree_with_60_digits()
    {
        foreach (var row in NumericsReference.Rows("hypergeometric.csv"))
        {
            Ratio(Hypergeometric.UpperTail((long)row[0], (long)row[1], (long)row[2], (long)row[3]), row[4])
                .ShouldBe(1, Tolerance, string.Join(' ', row));
        }
    }

    [Fact]
    public void Hypergeometric_has_its_ends()
    {
        Hypergeometric.UpperTail(0, 10, 4, 5).ShouldBe(1);
        Hypergeometric.UpperTail(5, 10, 4, 5).ShouldBe(0);
        Hypergeometric.UpperTail(2, 10, 9, 3).ShouldBe(1); // one failure only: at least two of three succeed
        Hypergeometric.UpperTail(4, 10, 4, 10).ShouldBe(1); // all are drawn
        Hypergeometric.UpperTail(1, 0, 0, 0).ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => Hypergeometric.UpperTail(1, 10, 11, 3));
    }

    [Fact]
    public void The_incomplete_beta_function_agrees_with_60_digits()
    {
        foreach (var row in NumericsReference.Rows("incomplete_beta.csv"))
        {
            Ratio(IncompleteBeta.Regularised(row[2], row[0], row[1]), row[3]).ShouldBe(1, Tolerance, string.Join(' ', row));
        }
    }

    [Theory]
    [InlineData(1e-9, 45, 25)]
    [InlineData(0.16, 0.5, 3)]
    [InlineData(0.975, 1, 200)]
    public void The_beta_quantile_is_the_inverse(double probability, double a, double b) =>
        Ratio(IncompleteBeta.Regularised(IncompleteBeta.Quantile(probability, a, b), a, b), probability)
            .ShouldBe(1, 1e-12); // the function's slope in the last bit of x: a below 100

    [Fact]
    public void The_incomplete_beta_function_has_its_ends_and_refuses_the_rest()
    {
        IncompleteBeta.Regularised(0, 3, 4).ShouldBe(0);
        IncompleteBeta.Regularised(1, 3, 4).ShouldBe(1);
        IncompleteBeta.Quantile(0, 3, 4).ShouldBe(0, double.Epsilon);
        Should.Throw<ArgumentOutOfRangeException>(() => IncompleteBeta.Regularised(1.1, 3, 4));
        Should.Throw<ArgumentOutOfRangeException>(() => IncompleteBeta.Regularised(0.5, 0, 4));
        Should.Throw<ArgumentOutOfRangeException>(() => IncompleteBeta.Regularised(double.NaN, 1, 4));
    }

    private static double Ratio(double value, double reference) => reference == 0 ? 1 + value : value / reference;
}
