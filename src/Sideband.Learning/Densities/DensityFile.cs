using System.Text;
using Sideband.Learning.Networks;

namespace Sideband.Learning.Densities;

/// <summary>The frame of a saved density: a mark, a version, the kind; then preprocessing and members. Little-endian.</summary>
internal static class DensityFile
{
    private const uint Mark = 0x4E444253; // "SBDN"
    private const int Version = 4;

    public static BinaryWriter Write(Stream stream, DensityKind kind)
    {
        var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write(Version);
        writer.Write((int)kind);
        return writer;
    }

    /// <summary>Reads the frame.</summary>
    /// <exception cref="InvalidDataException">Not a saved density, or one of another version.</exception>
    public static DensityKind ReadKind(BinaryReader reader)
    {
        if (reader.ReadUInt32() != Mark)
        {
            throw new InvalidDataException("not a saved density");
        }

        var version = reader.ReadInt32();
        var kind = (DensityKind)reader.ReadInt32();
        return version != Version
            ? throw new InvalidDataException($"a saved density of version {version}; this program reads version {Version}")
            : !Enum.IsDefined(kind) ? throw new InvalidDataException($"a saved density of unknown kind {(int)kind}")
            : kind;
    }

    public static void Write(BinaryWriter writer, Parameters parameters)
    {
        var snapshot = new float[parameters.SnapshotLength];
        parameters.CopyTo(snapshot);
        foreach (var number in snapshot)
        {
            writer.Write(number);
        }
    }

    public static float[] ReadSnapshot(BinaryReader reader, Parameters parameters)
    {
        var snapshot = new float[parameters.SnapshotLength];
        for (var i = 0; i < snapshot.Length; i++)
        {
            snapshot[i] = reader.ReadSingle();
        }

        return snapshot;
    }
}
