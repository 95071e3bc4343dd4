using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sideband.Events.Readers.Numpy;

/// <summary>
/// The header of an array in NumPy's NPY format, versions 1 to 3 (numpy.lib.format): a magic string, the header's length, and a
/// Python dictionary with the keys descr, fortran_order and shape.
/// </summary>
/// <param name="Fields">The fields of an element in order; a plain array has one without a name.</param>
/// <param name="IsStructured">True for an array of records.</param>
/// <param name="FortranOrder">True where the first index runs fastest.</param>
/// <param name="Shape">Length of each axis; none for a single value.</param>
internal sealed partial record NpyHeader(IReadOnlyList<NpyField> Fields, bool IsStructured, bool FortranOrder, IReadOnlyList<long> Shape)
{
    /// <summary>numpy's own headers have a few hundred bytes, more with very many fields.</summary>
    private const int LongestHeader = 1 << 20;

    /// <summary>Bytes of an element.</summary>
    public int ElementSize => Fields.Sum(part => part.Size);

    /// <summary>Number of elements.</summary>
    public long Length => Shape.Aggregate(1L, (product, length) => product * length);

    /// <summary>"float64, 3 x 4", for what is no column.</summary>
    public string Describe => IsStructured ? $"records, {Axes}" : $"{Fields[0].TypeName}, {Axes}";

    private string Axes => Shape.Count == 0 ? "one value" : string.Join(" x ", Shape);

    /// <summary>"\x93NUMPY".</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header and leaves the stream at the first element.</summary>
    /// <param name="stream">At the magic string, which is its beginning; its length is known.</param>
    /// <param name="name">File or entry, named in errors.</param>
    /// <exception cref="InputDataException">Not NPY, cut short, or with fewer bytes than its shape needs.</exception>
    public static NpyHeader Read(Stream stream, string name)
    {
        var start = ReadExactly(stream, 8, name);
        if (!start.AsSpan(0, 6).SequenceEqual(Magic))
        {
            throw new InputDataException($"{name}: not a NumPy array (its first bytes are not '\\x93NUMPY')");
        }

        if (start[6] is < 1 or > 3 || start[7] != 0)
        {
            throw new InputDataException($"{name}: NPY version {start[6]}.{start[7]} (allowed: 1.0, 2.0, 3.0)");
        }

        var length = start[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(ReadExactly(stream, 2, name))
            : BinaryPrimitives.ReadInt32LittleEndian(ReadExactly(stream, 4, name));
        if (length is < 0 or > LongestHeader)
        {
            throw new InputDataException($"{name}: a NumPy header of {(uint)length} bytes (allowed: up to {LongestHeader})");
        }

        // Latin-1 until version 3.0.
        var text = (start[6] < 3 ? Encoding.Latin1 : Encoding.UTF8).GetString(ReadExactly(stream, length, name));
        var header = Parse(text) ?? throw new InputDataException($"{name}: a NumPy header that cannot be read: {Printable(text)}");
        var needed = header.Shape.Aggregate(
            (UInt128)header.ElementSize, (product, axis) => product > ulong.MaxValue ? product : product * (UInt128)axis);
        return needed <= (UInt128)Math.Max(stream.Length - length - (start[6] == 1 ? 10 : 12), 0)
            ? header
            : throw new InputDataException($"{name}: cut short: fewer rows than its header says ({header.Describe})");
    }

    /// <summary>The header as bytes, padded so that the elements begin at a multiple of 64 bytes.</summary>
    public static byte[] Write(string type, ReadOnlySpan<int> shape)
    {
        var axes = string.Join(", ", shape.ToArray());
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({axes}{(shape.Length == 1 ? "," : "")}), }}";
        var length = ((10 + text.Length + 1 + 63) / 64 * 64) - 10;
        byte[] header =
        [
            .. Magic,
            1,
            0,
            (byte)length,
            (byte)(length >> 8),
            .. Encoding.ASCII.GetBytes(text.PadRight(length - 1)),
            (byte)'\n',
        ];
        return header;
    }

    private static string Printable(string text) =>
        new([.. text.Trim().Take(200).Select(character => char.IsControl(character) ? '?' : character)]);

    private static byte[] ReadExactly(Stream stream, int count, string name)
    {
        var bytes = new byte[count];
        NpyBytes.Fill(stream, bytes, name, "not a NumPy array, or cut short within the header");
        return bytes;
    }

    private static NpyHeader? Parse(string text)
    {
        var groups = HeaderPattern().Match(text).Groups;
        if (Once("type") + Once("fields") != 1 || Once("order") != 1 || Once("shape") != 1)
        {
            return null;
        }

        var isStructured = groups["fields"].Success;
        var fields = isStructured ? ParseFields(groups["fields"].Value) : [new NpyField("", groups["type"].Value, 0)];
        var axes = new List<long>();
        foreach (var axis in groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(axis.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                return null;
            }

            axes.Add(length);
        }

        // Objects have no size of their own: they lie pickled, and cannot stand between numbers.
        return fields is null || fields.Exists(field => !field.IsValid) || (isStructured && fields.Exists(field => field.Size == 0))
            ? null
            : new NpyHeader(fields, isStructured, groups["order"].Value == "True", axes);

        int Once(string group) => groups[group].Captures.Count;
    }

    private static List<NpyField>? ParseFields(string text)
    {
        var fields = new List<NpyField>();
        var offset = 0;
        foreach (Match match in FieldPattern().Matches(text))
        {
            var field = new NpyField(match.Groups[1].Value, match.Groups[2].Value, offset);
            offset += field.Size;
            fields.Add(field);
        }

        // What is left is a field with a shape of its own, a title or a nested record: not supported.
        var rest = FieldPattern().Replace(text, "");
        return rest.All(character => character is ',' or ' ') && rest.Count(character => character == ',') is var commas
            && (commas == fields.Count - 1 || commas == fields.Count)
            ? fields
            : null;
    }

    /// <summary>The whole dictionary, as Python writes it: each key once, in any order, and nothing else but blanks behind it.</summary>
    [GeneratedRegex(
        @"^\{ *(?:(?:'descr': *(?:'(?<type>[^'\\]*)'|\[(?<fields>[^\\]*?)\])|'fortran_order': *(?<order>True|False)|"
        + @"'shape': *\((?<shape>(?:(?:0|[1-9][0-9]*)L?, *)*(?:(?<=, *)(?:0|[1-9][0-9]*)L?)?)\)) *(?:, *|(?=\}))){3}\} *\n?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex HeaderPattern();

    [GeneratedRegex(@"\(\s*'([^']*)'\s*,\s*'([^']*)'\s*\)")]
    private static partial Regex FieldPattern();
}
