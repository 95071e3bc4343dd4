using System.Text;
using Sideband.Events.Readers.Hdf5;
using Sideband.Events.Readers.Hdf5.Format;
using Sideband.Events.Readers.Numpy;
using Sideband.Events.Readers.Parquet;
using Sideband.Events.Readers.Root;
using Sideband.Events.Readers.Text;

namespace Sideband.Events.Readers;

/// <summary>A kind of file that holds tables.</summary>
/// <param name="Name">As errors and help give it.</param>
/// <param name="Extensions">With dot, in lower case.</param>
/// <param name="Recognises">
/// Whether a file's first bytes (up to <see cref="TabularFormats.HeadLength"/>) are this format's; text has no such mark.
/// </param>
/// <param name="Open">Opens a file; the second argument names an object in it, or is null.</param>
/// <param name="HasObjects">Whether a file may hold several objects, one of which can be named.</param>
internal sealed record TabularFormat(
    string Name,
    IReadOnlyList<string> Extensions,
    Func<ReadOnlyMemory<byte>, bool> Recognises,
    Func<string, string?, TabularFile> Open,
    bool HasObjects);

/// <summary>The formats that are read. Another one needs an entry here and a <see cref="TabularFile"/>.</summary>
internal static class TabularFormats
{
    /// <summary>First bytes of a file that a format may look at.</summary>
    public const int HeadLength = 64;

    public static readonly IReadOnlyList<TabularFormat> All =
    [
        new("HDF5", [".h5", ".hdf5", ".hdf"], Begins(Hdf5File.Signature), (path, key) => new Hdf5Table(path, key), HasObjects: true),
        new("NPY", [".npy"], Begins(NpyHeader.Magic), (path, _) => NumpyTable.OpenNpy(path), HasObjects: false),
        new("NPZ", [".npz"], Begins("PK\x03\x04"u8), (path, _) => NumpyTable.OpenNpz(path), HasObjects: false),
        new("ROOT", [".root"], Begins(RootFile.Signature), RootTables.Open, HasObjects: true),
        new("Parquet", [".parquet", ".pq"], Begins(ParquetTable.Signature), (path, _) => new ParquetTable(path), HasObjects: false),
        new(
            "text",
            [".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"],
            Begins(TextLayout.GzipSignature),
            (path, _) => new TextTable(path),
            HasObjects: false),
    ];

    /// <summary>".h5, .hdf5, .hdf (HDF5), .npy (NPY), ..."</summary>
    public static string Allowed => string.Join(", ", All.Select(format => $"{string.Join(", ", format.Extensions)} ({format.Name})"));

    /// <summary>The format of a file by its content, then by its name; null where neither is known.</summary>
    /// <param name="head">First bytes.</param>
    /// <param name="path">The file.</param>
    public static TabularFormat? Find(ReadOnlyMemory<byte> head, string path) =>
        All.FirstOrDefault(format => format.Recognises(head)) ?? ByName(path);

    /// <summary>The format of a file by its name alone.</summary>
    public static TabularFormat? ByName(string path) =>
        All.FirstOrDefault(format => format.Extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase)));

    /// <summary>A file's first bytes as errors show them: text, or hexadecimal.</summary>
    public static string Describe(ReadOnlySpan<byte> head)
    {
        const int shown = 8;
        head = head[..Math.Min(head.Length, shown)];
        return head.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? Convert.ToHexStringLower(head) : $"'{Encoding.ASCII.GetString(head)}'";
    }

    private static Func<ReadOnlyMemory<byte>, bool> Begins(ReadOnlySpan<byte> signature)
    {
        var bytes = signature.ToArray();
        return head => head.Span.StartsWith(bytes);
    }
}
