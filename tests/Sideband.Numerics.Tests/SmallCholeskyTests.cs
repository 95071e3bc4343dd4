namespace Sideband.Numerics.Tests;

public class SmallCholeskyTests
{
    private static readonly double[] Matrix = [4, 2, -2, 2, 10, 5, -2, 5, 9];

    [Fact]
    public void Solves_and_inverts()
    {
        var factor = SmallCholesky.Of(Matrix, 3)!;
        var x = factor.Solve([1, 2, 3]);
        var inverse = factor.Inverse();
        for (var row = 0; row < 3; row++)
        {
            Enumerable.Range(0, 3).Sum(k => Matrix[(row * 3) + k] * x[k]).ShouldBe(row + 1, 1e-14);
            for (var column = 0; column < 3; column++)
            {
                Enumerable.Range(0, 3).Sum(k => Matrix[(row * 3) + k] * inverse[(k * 3) + column]).ShouldBe(row == column ? 1 : 0, 1e-14);
            }
        }
    }

    [Fact]
    public void Other_matrices_have_no_factor()
    {
        SmallCholesky.Of([1, 2, 2, 1], 2).ShouldBeNull();
        SmallCholesky.Of([1, 1, 1, 1], 2).ShouldBeNull();
        SmallCholesky.Of([double.NaN], 1).ShouldBeNull();
    }
}
