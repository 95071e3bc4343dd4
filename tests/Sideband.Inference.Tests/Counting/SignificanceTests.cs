using FsCheck;
using FsCheck.Fluent;
using Sideband.Inference.Counting;

namespace Sideband.Inference.Tests.Counting;

public class SignificanceTests
{
    [Fact]
    public void Agrees_with_the_printed_formula_in_120_digits()
    {
        // Both terms of the rearranged formula have one sign: a few roundings of 1e-16 remain, 1e-13 leaves room for the logarithm's.
        var worst = 0.0;
        foreach (var row in Reference.Numbers("significance.csv"))
        {
            var ours = Significance.Of(row[0], row[1], row[2]).Value.ShouldNotBeNull();
            worst = Math.Max(worst, row[3] == 0 ? Math.Abs(ours) : Math.Abs((ours / row[3]) - 1));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"largest relative difference {worst:G2}");
        worst.ShouldBeLessThan(1e-13);
    }

    [Fact]
    public void Is_the_gaussian_limit_close_to_a_large_expectation()
    {
        // arXiv:2411.00085 eq. 7; the next order is (n - b)/b = 1e-3 relative.
        const double b = 1e6, n = 1.001e6, s2 = 1e-6;
        Significance.Of(n, b, s2).Value!.Value.ShouldBe((n - b) / Math.Sqrt(b + (b * b * s2)), 1e-3);
    }

    [Fact]
    public void A_systematic_error_larger_than_the_excess_leaves_nothing() =>
        Significance.Of(1700, 1343, 1).Value!.Value.ShouldBeInRange(0, 0.3);

    [Fact]
    public void Grows_with_the_count_and_has_the_sign_of_the_excess() => Prop.ForAll(
        ArbMap.Default.ArbFor<(PositiveInt, NonNegativeInt, NonNegativeInt)>(),
        input =>
        {
            var b = input.Item1.Get / 7.0;
            var s2 = input.Item2.Get / 1000.0;
            double n = input.Item3.Get;
            var here = Significance.Of(n, b, s2).Value!.Value;
            return here < Significance.Of(n + 1, b, s2).Value && Math.Sign(here) == Math.Sign(n - b);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_larger_systematic_error_never_makes_an_excess_more_significant() => Prop.ForAll(
        ArbMap.Default.ArbFor<(PositiveInt, PositiveInt, NonNegativeInt)>(),
        input =>
        {
            var b = input.Item1.Get / 3.0;
            var n = b + input.Item2.Get;
            var s2 = input.Item3.Get / 100.0;
            return Significance.Of(n, b, s2 + 0.01).Value < Significance.Of(n, b, s2).Value;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(10, 0, 0.1)]
    [InlineData(10, -3, 0.1)]
    [InlineData(-1, 3, 0.1)]
    [InlineData(10, 3, -0.1)]
    [InlineData(double.NaN, 3, 0.1)]
    [InlineData(10, double.PositiveInfinity, 0.1)]
    [InlineData(10, 3, double.NaN)]
    public void What_has_no_significance_has_a_reason(double n, double b, double s2)
    {
        var result = Significance.Of(n, b, s2);
        result.IsDefined.ShouldBeFalse();
        result.Reason.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData(0.01, 0, 3)]
    [InlineData(13.4, 0.02, 3)]
    [InlineData(134, 0.05, 5)]
    [InlineData(1343, 0.001, 5)]
    [InlineData(1e6, 0.0001, 5)]
    public void The_required_count_is_the_smallest_that_reaches_the_target(double b, double s2, double target)
    {
        var n = Significance.RequiredObserved(b, s2, target).Value!.Value;
        n.ShouldBe(Math.Floor(n));
        Significance.Of(n, b, s2).Value!.Value.ShouldBeGreaterThanOrEqualTo(target);
        Significance.Of(n - 1, b, s2).Value!.Value.ShouldBeLessThan(target);
    }

    [Fact]
    public void A_count_beyond_double_precision_is_undefined() =>
        Significance.RequiredObserved(1e15, 1, 5).Reason.ShouldNotBeNull();
}
