using Sideband.Learning.Networks;
using Sideband.Learning.Saving;

namespace Sideband.Learning.Densities;

/// <summary>A saved density: its kind, the preprocessing, and the number of members with all parameters of each.</summary>
internal static class DensityFile
{
    public static readonly SavedFrame Frame = new(0x4E444253 /* "SBDN" */, 7, "density");

    public static void Write(BinaryWriter writer, Parameters parameters)
    {
        var snapshot = new float[parameters.SnapshotLength];
        parameters.CopyTo(snapshot);
        writer.WriteAll(snapshot);
    }

    public static float[] ReadSnapshot(BinaryReader reader, Parameters parameters) => reader.ReadSingles(parameters.SnapshotLength);
}
