namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>Events as networks see them: standardised features, event after event, and the standardised mass.</summary>
internal sealed class StandardisedEvents
{
    public StandardisedEvents(int dimensions, float[] features, float[] mass) =>
        (Dimensions, Features, Mass) = (dimensions, features, mass);

    public int Dimensions { get; }

    /// <summary>Feature f of event i at [i * Dimensions + f].</summary>
    public float[] Features { get; }

    public float[] Mass { get; }

    public int Count => Mass.Length;

    /// <summary>The events inside of the fitted range.</summary>
    public static StandardisedEvents Of(
        float[][] features,
        ReadOnlySpan<double> mass,
        LogitStandardisation scaling,
        MassScaling massScaling)
    {
        var d = features.Length;
        var values = new float[mass.Length * d];
        var masses = new float[mass.Length];
        var z = new double[d];
        var keys = scaling.Keys(features, mass);
        var count = 0;
        for (var i = 0; i < mass.Length; i++)
        {
            if (scaling.TryForward(features, i, mass[i], keys, z, out _))
            {
                for (var f = 0; f < d; f++)
                {
                    values[(count * d) + f] = (float)z[f];
                }

                masses[count++] = massScaling.Standardise(mass[i]);
            }
        }

        return new StandardisedEvents(d, values[..(count * d)], masses[..count]);
    }
}
