using Sideband.Learning.Saving;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>A member of a flow-matching density in a file.</summary>
internal static class FlowMatchingFile
{
    public static void Write(BinaryWriter writer, FlowMatchingMember member)
    {
        var shape = member.Networks[0];
        writer.Write(shape.Dimensions);
        writer.Write(shape.Width);
        writer.Write(shape.Blocks);
        writer.Write(shape.Frequencies);
        writer.Write(member.Networks.Count);
        foreach (var network in member.Networks)
        {
            DensityFile.Write(writer, network.Parameters);
        }

        writer.Write(member.Grid.Length);
        writer.WriteAll(member.Grid);
    }

    /// <param name="reader">Behind what <see cref="Write"/> wrote before.</param>
    /// <param name="masses">Masses that a row has.</param>
    public static FlowMatchingMember Read(BinaryReader reader, int masses = 1)
    {
        var (dimensions, width, blocks, frequencies) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var networks = new VelocityNetwork[reader.ReadInt32()];
        for (var n = 0; n < networks.Length; n++)
        {
            networks[n] = new VelocityNetwork(dimensions, width, blocks, frequencies, masses);
            networks[n].Restore(DensityFile.ReadSnapshot(reader, networks[n].Parameters));
        }

        return FlowMatchingMember.Restore(networks, reader.ReadDoubles(reader.ReadInt32()));
    }
}
