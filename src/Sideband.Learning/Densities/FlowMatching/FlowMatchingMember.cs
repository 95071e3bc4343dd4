using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>The mean velocity of one or several networks, with the grid of times along which it is integrated.</summary>
internal sealed class FlowMatchingMember
{
    private const int CalibrationRows = 512;
    private const double ReferenceTolerance = 1e-6;

    private FlowMatchingMember(IReadOnlyList<VelocityNetwork> networks, double[] grid) => (Networks, Grid) = (networks, grid);

    /// <summary>Of one shape.</summary>
    public IReadOnlyList<VelocityNetwork> Networks { get; }

    public int Dimensions => Networks[0].Dimensions;

    /// <summary>Masses that a row has.</summary>
    public int Masses => Networks[0].Masses;

    /// <summary>Times from 0 (data) to 1 (noise).</summary>
    public double[] Grid { get; }

    /// <summary>Evaluations of the velocity in a sampling.</summary>
    public int Evaluations => 6 * (Grid.Length - 1);

    /// <summary>
    /// Chooses the grid: the coarsest of those that the solver's error control gives whose samples lie within <paramref name="tolerance"/>
    /// (root mean square over events and features, in standardised units) of those of a far finer one. A grid that is the same for all
    /// events makes an event's sample independent of the others.
    /// </summary>
    /// <returns>Null if the velocity cannot be integrated.</returns>
    public static FlowMatchingMember? Calibrate(
        IReadOnlyList<VelocityNetwork> networks, ReadOnlySpan<float> masses, double tolerance, RandomStream stream)
    {
        var rows = Math.Min(CalibrationRows, masses.Length);
        var noise = new Matrix(rows, networks[0].Dimensions);
        var mass = new float[rows];
        for (var i = 0; i < rows; i++)
        {
            mass[i] = masses[(int)((long)i * masses.Length / rows)];
            foreach (ref var value in noise.RowSpan(i))
            {
                value = (float)stream.NextGaussian();
            }
        }

        return Calibrate(networks, noise, mass, tolerance);
    }

    /// <summary>As above, of given states at t = 1.</summary>
    /// <param name="networks">Whose mean is the velocity.</param>
    /// <param name="starts">The states; they stay.</param>
    /// <param name="mass">All masses of each.</param>
    /// <param name="tolerance">Of the root mean square.</param>
    public static FlowMatchingMember? Calibrate(
        IReadOnlyList<VelocityNetwork> networks, Matrix starts, ReadOnlySpan<float> mass, double tolerance)
    {
        var (rows, dimensions) = (mass.Length / networks[0].Masses, networks[0].Dimensions);
        var (x, reference) = (new Matrix(rows, dimensions), new Matrix(rows, dimensions));
        var solver = new OdeSolver(rows, dimensions);
        var velocity = new VelocityBlock(networks, rows, withTrace: false);
        velocity.Start(mass);
        reference.CopyFrom(starts, rows);
        var finest = solver.Adaptive(velocity, reference, rows, 1, 0, ReferenceTolerance);
        if (finest is null)
        {
            return null;
        }

        for (var local = 0.3; local > ReferenceTolerance; local *= 0.6)
        {
            x.CopyFrom(starts, rows);
            var grid = solver.Adaptive(velocity, x, rows, 1, 0, local);
            if (grid is not null && Distance(x, reference, rows) <= tolerance)
            {
                return new FlowMatchingMember(networks, Rising(grid));
            }
        }

        return new FlowMatchingMember(networks, Rising(finest));
    }

    public static FlowMatchingMember Restore(IReadOnlyList<VelocityNetwork> networks, double[] grid) => new(networks, grid);

    private static double[] Rising(double[] grid)
    {
        Array.Reverse(grid);
        return grid;
    }

    private static double Distance(Matrix x, Matrix y, int rows)
    {
        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            var a = x.RowSpan(i);
            var b = y.RowSpan(i);
            for (var f = 0; f < a.Length; f++)
            {
                sum += ((double)a[f] - b[f]) * ((double)a[f] - b[f]);
            }
        }

        return Math.Sqrt(sum / ((double)rows * x.Columns));
    }
}
