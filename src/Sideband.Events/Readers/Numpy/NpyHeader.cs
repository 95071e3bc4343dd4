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

        var length = start[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(ReadExactly(stream, 2, name))
            : BinaryPrimitives.ReadInt32LittleEndian(ReadExactly(stream, 4, name));
        if (length is < 0 or > LongestHeader)
        {
            throw new InputDataException($"{name}: a NumPy header of {(uint)length} bytes (allowed: up to {LongestHeader})");
        }

        var text = Encoding.UTF8.GetString(ReadExactly(stream, length, name));
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
        var shape = ShapePattern().Match(text);
        var order = OrderPattern().Match(text);
        var fields = ParseFields(text, out var isStructured);
        if (!shape.Success || !order.Success || fields is null)
        {
            return null;
        }

        var axes = new List<long>();
        foreach (var axis in shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(axis.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                return null;
            }

            axes.Add(length);
        }

        // Objects have no size of their own: they lie pickled, and cannot stand between numbers.
        return fields.Exists(field => !field.IsValid) || (isStructured && fields.Exists(field => field.Size == 0))
            ? null
            : new NpyHeader(fields, isStructured, order.Groups[1].Value == "True", axes);
    }

    private static List<NpyField>? ParseFields(string text, out bool isStructured)
    {
        isStructured = false;
        if (PlainPattern().Match(text) is { Success: true } plain)
        {
            return [new NpyField("", plain.Groups[1].Value, 0)];
        }

        if (RecordPattern().Match(text) is not { Success: true } record)
        {
            return null;
        }

        isStructured = true;
        var fields = new List<NpyField>();
        var offset = 0;
        foreach (Match match in FieldPattern().Matches(record.Groups[1].Value))
        {
            var field = new NpyField(match.Groups[1].Value, match.Groups[2].Value, offset);
            offset += field.Size;
            fields.Add(field);
        }

        // What is left is a field with a shape of its own, a title or a nested record: not supported.
        var rest = FieldPattern().Replace(record.Groups[1].Value, "");
        return rest.All(character => character is ',' or ' ') ? fields : null;
    }

    [GeneratedRegex(@"'shape':\s*\(([0-9L, ]*)\)")]
    private static partial Regex ShapePattern();

    [GeneratedRegex(@"'fortran_order':\s*(True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'descr':\s*'([^']*)'")]
    private static partial Regex PlainPattern();

    [GeneratedRegex(@"'descr':\s*\[(.*?)\]\s*[,}]")]
    private static partial Regex RecordPattern();

    [GeneratedRegex(@"\(\s*'([^']*)'\s*,\s*'([^']*)'\s*\)")]
    private static partial Regex FieldPattern();
}
