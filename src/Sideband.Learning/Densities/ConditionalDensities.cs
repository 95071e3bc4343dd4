using Sideband.Learning.Densities.FlowMatching;
using Sideband.Learning.Densities.Flows;
using Sideband.Learning.Densities.Preprocessing;

namespace Sideband.Learning.Densities;

/// <summary>Reads densities that <see cref="IConditionalDensity.Save"/> wrote.</summary>
public static class ConditionalDensities
{
    /// <summary>The density that was saved, bit for bit.</summary>
    /// <param name="stream">Left open behind the density.</param>
    /// <exception cref="InvalidDataException">
    /// Not a saved density, a damaged one, or one of another version; the message says which.
    /// </exception>
    public static IConditionalDensity Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new BinaryReader(new MemoryStream(DensityFile.Frame.ReadPayload(stream)));
        var kind = (DensityKind)reader.ReadInt32();
        var scaling = LogitStandardisation.Load(reader);
        var massScaling = new MassScaling(reader.ReadDouble(), reader.ReadDouble());
        var members = reader.ReadInt32();
        return kind switch
        {
            DensityKind.FlowMatching => new FlowMatchingDensity(
                scaling, massScaling, [.. Enumerable.Range(0, members).Select(_ => FlowMatchingFile.Read(reader))]),
            _ => FlowDensity.Load(reader, kind, scaling, massScaling, members),
        };
    }
}
