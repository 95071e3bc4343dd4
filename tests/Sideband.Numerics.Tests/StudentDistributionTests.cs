namespace Sideband.Numerics.Tests;

public class StudentDistributionTests
{
    [Fact]
    public void The_tail_of_the_F_distribution_agrees_with_50_digits()
    {
        foreach (var row in NumericsReference.Rows("f_tail.csv"))
        {
            var (f, degrees, tail) = (row[0], (int)row[1], row[2]);
            var tolerance = f > degrees ? 1e-12 * tail : 1e-13;
            StudentDistribution.TailOfSquare(f, degrees).ShouldBe(tail, tolerance, $"F = {f}, n = {degrees}");
        }
    }

    [Fact]
    public void One_degree_is_the_Cauchy_distribution() => StudentDistribution.TailOfSquare(1, 1).ShouldBe(0.5, 1e-14);
}
