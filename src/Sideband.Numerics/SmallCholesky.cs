namespace Sideband.Numerics;

/// <summary>Cholesky factor L of a small symmetric positive definite matrix H = L L^T, dense, row by row.</summary>
public sealed class SmallCholesky
{
    private readonly double[] _factor;

    private SmallCholesky(double[] factor, int size) => (_factor, Size) = (factor, size);

    /// <summary>Rows and columns.</summary>
    public int Size { get; }

    /// <summary>The factor; null where the matrix is not positive definite (or holds NaN).</summary>
    /// <param name="matrix">size x size, row by row; only its lower triangle is read.</param>
    /// <param name="size">At least 1.</param>
    public static SmallCholesky? Of(ReadOnlySpan<double> matrix, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(matrix.Length, size * size);
        var factor = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[(i * size) + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[(i * size) + k] * factor[(j * size) + k];
                }

                // What rounding may leave of a singular matrix's last pivot is not taken for positive.
                if (i == j && !(sum > 1e-15 * matrix[(i * size) + i]))
                {
                    return null;
                }

                factor[(i * size) + j] = i == j ? Math.Sqrt(sum) : sum / factor[(j * size) + j];
            }
        }

        return new SmallCholesky(factor, size);
    }

    /// <summary>x with H x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, Size);
        var x = b.ToArray();
        for (var i = 0; i < Size; i++)
        {
            for (var k = 0; k < i; k++)
            {
                x[i] -= _factor[(i * Size) + k] * x[k];
            }

            x[i] /= _factor[(i * Size) + i];
        }

        for (var i = Size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < Size; k++)
            {
                x[i] -= _factor[(k * Size) + i] * x[k];
            }

            x[i] /= _factor[(i * Size) + i];
        }

        return x;
    }

    /// <summary>H^-1, size x size, row by row.</summary>
    public double[] Inverse()
    {
        var inverse = new double[Size * Size];
        var unit = new double[Size];
        for (var column = 0; column < Size; column++)
        {
            unit[column] = 1;
            var x = Solve(unit);
            unit[column] = 0;
            for (var row = 0; row < Size; row++)
            {
                inverse[(row * Size) + column] = x[row];
            }
        }

        return inverse;
    }
}
