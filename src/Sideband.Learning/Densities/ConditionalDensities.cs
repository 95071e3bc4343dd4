namespace Sideband.Learning.Densities;

/// <summary>Reads densities that <see cref="IConditionalDensity.Save"/> wrote.</summary>
public static class ConditionalDensities
{
    /// <summary>The density that was saved, bit for bit.</summary>
    /// <exception cref="InvalidDataException">Not a saved density, or one of another version; the message says which.</exception>
    public static IConditionalDensity Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        throw new InvalidDataException("not a saved density");
    }
}
