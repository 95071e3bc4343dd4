using System.Buffers.Binary;
using System.Text;
using Sideband.Numerics;

namespace Sideband.Events;

/// <summary>
/// Where events come from: a file, or a simulator with its settings. With the row number in it, it says where an event lies, whatever the
/// file is called; what the event is, its mass and features say (<see cref="EventIdentity"/>).
/// </summary>
/// <param name="Name">The file's name without its folder, or the simulator's description.</param>
/// <param name="Sha256">Hash of the file's bytes, or of the simulator's name, settings and seed; lower-case hexadecimal.</param>
public sealed record EventSource(string Name, string Sha256)
{
    /// <summary>The first 64 bits of <see cref="Sha256"/>.</summary>
    public ulong Key { get; } = BinaryPrimitives.ReadUInt64BigEndian(Convert.FromHexString(Sha256).AsSpan(0, 8));

    /// <summary>A source that is not a file, named by a text that holds all its settings.</summary>
    public static EventSource Simulated(string description) =>
        new(description, Convert.ToHexStringLower(PortableSha256.HashData(Encoding.UTF8.GetBytes(description))));
}
