using Sideband.Learning.Saving;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>A member of a flow-matching density in a file.</summary>
internal static class FlowMatchingFile
{
    public static void Write(BinaryWriter writer, FlowMatchingMember member)
    {
        var network = member.Network;
        writer.Write(network.Dimensions);
        writer.Write(network.Width);
        writer.Write(network.Blocks);
        writer.Write(network.Frequencies);
        DensityFile.Write(writer, network.Parameters);
        writer.Write(member.Grid.Length);
        writer.WriteAll(member.Grid);
    }

    /// <param name="reader">Behind what <see cref="Write"/> wrote before.</param>
    /// <param name="masses">Masses that a row has.</param>
    public static FlowMatchingMember Read(BinaryReader reader, int masses = 1)
    {
        var network = new VelocityNetwork(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), masses);
        network.Restore(DensityFile.ReadSnapshot(reader, network.Parameters));
        return FlowMatchingMember.Restore(network, reader.ReadDoubles(reader.ReadInt32()));
    }
}
