using System.Text;

namespace Sideband.Events.Readers.Text;

/// <summary>
/// How a text file's lines are divided, from its first ones: by commas, tabs, semicolons or blanks, whichever stands most often outside of
/// quotation marks in the first line that is no comment; and whether the names stand in the comment before it (<c># a b c</c>).
/// </summary>
internal sealed class TextLayout
{
    /// <summary>Begins a comment.</summary>
    public const char Comment = '#';

    /// <summary>Stands for one blank or more, which <see cref="Open"/> makes to one.</summary>
    public const char Blanks = ' ';

    private const int SampleLength = 1 << 18;
    private const char Quote = '"', ByteOrderMark = '\uFEFF';
    private readonly string _path;
    private readonly bool _isPacked;

    /// <exception cref="InputDataException">A damaged gzip file; names in a comment whose number is not that of the fields.</exception>
    public TextLayout(string path)
    {
        _path = path;
        using (var head = File.OpenRead(path))
        {
            _isPacked = head.ReadByte() == GzipSignature[0] && head.ReadByte() == GzipSignature[1];
        }

        var lines = FirstLines();
        var first = lines.FindIndex(line => line.Length > 0 && line[0] != Comment);
        HeaderLine = first + 1;
        if (first < 0)
        {
            return;
        }

        Separator = SeparatorOf(lines[first]);
        if (first > 0
            && lines.Take(first).LastOrDefault(line => line.Length > 1) is { } comment
            && Split(lines[first], Separator).All(IsNumber))
        {
            var names = comment.TrimStart(Comment).Trim();
            var count = Split(lines[first], Separator).Count;
            Names = Split(names, Separator) is var divided && divided.Count == count ? divided : Split(names, Blanks);
            HeaderLine = lines.IndexOf(comment) + 1;
            if (Names.Count != count)
            {
                throw new InputDataException(
                    $"{Path.GetFileName(path)}: the comment in line {HeaderLine} has {Names.Count} names, "
                    + $"line {first + 1} has {count} fields");
            }
        }
    }

    /// <summary>Of a gzip file.</summary>
    public static ReadOnlySpan<byte> GzipSignature => [0x1F, 0x8B];

    /// <summary>Comma, tab, semicolon or <see cref="Blanks"/>.</summary>
    public char Separator { get; } = ',';

    /// <summary>The names where they stand in a comment; else null, and the first line has them.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>The line of the names, from 1.</summary>
    public int HeaderLine { get; }

    /// <summary>"CSV", "text separated by tabs, gzip", ...</summary>
    public string Format => (Separator switch
    {
        ',' => "CSV",
        '\t' => "text separated by tabs",
        ';' => "text separated by semicolons",
        _ => "text separated by blanks",
    }) + (_isPacked ? ", gzip" : "");

    /// <summary>The text from its beginning, unpacked; runs of blanks are one blank where these separate.</summary>
    public Stream Open()
    {
        var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        Stream stream = _isPacked ? new GzipTextStream(file) : file;
        return Separator == Blanks ? new BlankRunStream(stream) : stream;
    }

    /// <summary>The fields of a line, quotation marks being taken off.</summary>
    private static List<string> Split(string line, char separator)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        foreach (var character in line)
        {
            isQuoted ^= character == Quote;
            if (!isQuoted && (character == separator || (separator == Blanks && character == '\t')))
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else if (character != Quote)
            {
                field.Append(character);
            }
        }

        fields.Add(field.ToString().Trim());
        return separator == Blanks ? [.. fields.Where(text => text.Length > 0)] : fields;
    }

    private static char SeparatorOf(string line)
    {
        var counts = new[] { ',', '\t', ';' }.Select(separator => (Separator: separator, Count: Split(line, separator).Count)).ToList();
        var best = counts.MaxBy(entry => entry.Count);
        return best.Count > 1 ? best.Separator : Split(line, Blanks).Count > 1 && !line.Contains(Quote) ? Blanks : ',';
    }

    private static bool IsNumber(string text) => TextNumber.TryParse(Encoding.UTF8.GetBytes(text), out _);

    private List<string> FirstLines()
    {
        var sample = new byte[SampleLength];
        try
        {
            using var stream = Open();
            var length = stream.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false);
            return
            [
                .. Encoding.UTF8.GetString(sample, 0, length)
                    .TrimStart(ByteOrderMark)
                    .Split('\n')
                    .Select(line => line.Trim('\r', ' ')),
            ];
        }
        catch (InvalidDataException error)
        {
            throw new InputDataException($"{Path.GetFileName(_path)}: cut short or damaged: {error.Message}", error);
        }
    }
}
