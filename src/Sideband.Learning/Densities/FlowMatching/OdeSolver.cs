using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>dx/dt of all rows at one time; what else it integrates is its own business.</summary>
internal interface IVelocity
{
    /// <param name="t">Time.</param>
    /// <param name="x">State.</param>
    /// <param name="slope">Written: dx/dt.</param>
    /// <param name="stage">Number of the Runge-Kutta stage, from 0.</param>
    void Evaluate(double t, Matrix x, Matrix slope, int stage);

    /// <summary>A step of length h with these weights of the stages was made.</summary>
    void Advance(double h, ReadOnlySpan<double> weights);
}

/// <summary>
/// The explicit Runge-Kutta method of order 5 of Dormand and Prince (J. Comput. Appl. Math. 6 (1980) 19) with its embedded method of
/// order 4, for all rows of a block at once: with steps that the embedded error chooses, or along a given grid of times.
/// </summary>
internal sealed unsafe class OdeSolver
{
    private const int Stages = 7;
    private const int MaxSteps = 10_000;

    private static readonly double[] Nodes = [0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1];

    private static readonly double[][] Coefficients =
    [
        [],
        [1.0 / 5],
        [3.0 / 40, 9.0 / 40],
        [44.0 / 45, -56.0 / 15, 32.0 / 9],
        [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
    ];

    private static readonly double[] Weights = [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84, 0];

    private static readonly double[] ErrorWeights =
        [71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40];

    private readonly Matrix[] _slopes;
    private readonly Matrix _stage;

    public OdeSolver(int rows, int dimensions)
    {
        _slopes = [.. Enumerable.Range(0, Stages).Select(_ => new Matrix(rows, dimensions))];
        _stage = new Matrix(rows, dimensions);
    }

    /// <summary>Evaluations of the velocity since the solver was made.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Integrates along a grid.</summary>
    /// <param name="velocity">dx/dt.</param>
    /// <param name="x">The state at the grid's first time; that at the last on return.</param>
    /// <param name="rows">Rows that count.</param>
    /// <param name="grid">Times, rising or falling.</param>
    public void AlongGrid(IVelocity velocity, Matrix x, int rows, ReadOnlySpan<double> grid)
    {
        for (var step = 0; step + 1 < grid.Length; step++)
        {
            Step(velocity, x, rows, grid[step], grid[step + 1] - grid[step], first: step == 0, endSlope: step + 2 < grid.Length);
            x.CopyFrom(_stage, rows);
        }
    }

    /// <summary>
    /// Integrates with steps in which the root mean square of error/(tolerance (1 + |x|)) over rows and dimensions is at most 1.
    /// </summary>
    /// <returns>The times between steps, first and last included; null if the state is not finite or a step became too short.</returns>
    public double[]? Adaptive(IVelocity velocity, Matrix x, int rows, double from, double to, double tolerance)
    {
        List<double> grid = [from];
        var t = from;
        var h = to - from;
        var first = true;
        for (var steps = 0; steps < MaxSteps; steps++)
        {
            var last = Math.Abs(to - t) <= Math.Abs(h) * (1 + 1e-9);
            h = last ? to - t : h;
            Step(velocity, x, rows, t, h, first, endSlope: true);
            var error = Error(x, rows, h, tolerance);
            if (!double.IsFinite(error))
            {
                return null;
            }

            if (error <= 1)
            {
                x.CopyFrom(_stage, rows);
                t = last ? to : t + h;
                grid.Add(t);
                if (last)
                {
                    return [.. grid];
                }
            }

            first = error > 1;
            h *= Math.Clamp(0.9 * FifthRoot(1 / Math.Max(error, 1e-10)), 0.2, 5);
        }

        return null;
    }

    /// <summary>
    /// Leaves the new state in the stage buffer; the slope at its end is the first of the next step, which the last one of a grid does not
    /// need.
    /// </summary>
    private void Step(IVelocity velocity, Matrix x, int rows, double t, double h, bool first, bool endSlope)
    {
        if (first)
        {
            velocity.Evaluate(t, x, _slopes[0], 0);
            Evaluations++;
        }
        else
        {
            _slopes[0].CopyFrom(_slopes[Stages - 1], rows);
        }

        for (var s = 1; s < Stages; s++)
        {
            Combine(x, _stage, rows, h, Coefficients[s]);
            if (s == Stages - 1)
            {
                velocity.Advance(h, Weights);
                if (!endSlope)
                {
                    return;
                }
            }

            velocity.Evaluate(t + (Nodes[s] * h), _stage, _slopes[s], s);
            Evaluations++;
        }
    }

    private void Combine(Matrix x, Matrix result, int rows, double h, double[] coefficients)
    {
        Span<float> c = stackalloc float[Stages];
        for (var s = 0; s < coefficients.Length; s++)
        {
            c[s] = (float)(h * coefficients[s]);
        }

        for (var i = 0; i < rows; i++)
        {
            var from = x.Row(i);
            var to = result.Row(i);
            for (var f = 0; f < x.Columns; f++)
            {
                var sum = from[f];
                for (var s = 0; s < coefficients.Length; s++)
                {
                    sum = MathF.FusedMultiplyAdd(c[s], _slopes[s].Row(i)[f], sum);
                }

                to[f] = sum;
            }
        }
    }

    private double Error(Matrix x, int rows, double h, double tolerance)
    {
        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            for (var f = 0; f < x.Columns; f++)
            {
                var error = 0.0;
                for (var s = 0; s < Stages; s++)
                {
                    error += ErrorWeights[s] * _slopes[s].Row(i)[f];
                }

                var relative = h * error / (tolerance * (1 + Math.Abs(x.Row(i)[f])));
                sum += relative * relative;
            }
        }

        return Math.Sqrt(sum / ((double)rows * x.Columns));
    }

    /// <summary>Newton's method: the same bits everywhere, which Math.Pow does not promise.</summary>
    private static double FifthRoot(double a)
    {
        var r = Math.Max(1, a);
        for (var i = 0; i < 100; i++)
        {
            r = ((4 * r) + (a / (r * r * r * r))) / 5;
        }

        return r;
    }
}
