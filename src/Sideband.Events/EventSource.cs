using System.Buffers.Binary;
using System.Text;
using Sideband.Numerics;

namespace Sideband.Events;

/// <summary>
/// Where events come from: a file, or a simulator with its settings. With the row number in it, it says where an event lies, whatever the
/// file is called; what the event is, its mass and features say (<see cref="EventIdentity"/>).
/// </summary>
/// <param name="Name">
/// The file's name without its folder, <c>FILE:OBJECT</c> where an object of it was asked for; or the simulator's description.
/// </param>
/// <param name="Sha256">Hash of the file's bytes, or of the simulator's name, settings and seed; lower-case hexadecimal.</param>
/// <param name="Place">What tells a table from others of its file; empty where a file holds one only.</param>
public sealed record EventSource(string Name, string Sha256, string Place = "")
{
    /// <summary>
    /// The first 64 bits of <see cref="Sha256"/>, or of a hash of it and <see cref="Place"/>: the same for the same rows.
    /// </summary>
    public ulong Key { get; } =
        BinaryPrimitives.ReadUInt64BigEndian(Convert.FromHexString(Place.Length == 0 ? Sha256 : HashOf(Sha256 + Place)).AsSpan(0, 8));

    /// <summary>A source that is not a file, named by a text that holds all its settings.</summary>
    public static EventSource Simulated(string description) => new(description, HashOf(description));

    private static string HashOf(string text) => Convert.ToHexStringLower(PortableSha256.HashData(Encoding.UTF8.GetBytes(text)));
}
