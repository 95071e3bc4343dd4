namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>(m - mean)/sd with the mean and the standard deviation of the masses that were fitted.</summary>
internal readonly record struct MassScaling(double Mean, double Deviation)
{
    /// <summary>A single mass has no spread: it becomes 0.</summary>
    public static MassScaling Fit(ReadOnlySpan<double> mass)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var m in mass)
        {
            sum += m;
        }

        var mean = sum / mass.Length;
        foreach (var m in mass)
        {
            squares += (m - mean) * (m - mean);
        }

        var deviation = Math.Sqrt(squares / Math.Max(1, mass.Length - 1));
        return new MassScaling(mean, deviation > 0 ? deviation : 1);
    }

    public float Standardise(double mass) => (float)((mass - Mean) / Deviation);
}
