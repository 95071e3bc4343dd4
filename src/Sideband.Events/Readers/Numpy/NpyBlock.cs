namespace Sideband.Events.Readers.Numpy;

/// <summary>
/// An array that holds some of a table's columns: a vector, a matrix (rows x columns, either memory order) or records. It is read
/// forwards only, since it may lie packed in an archive.
/// </summary>
internal sealed class NpyBlock
{
    private const int MostColumns = 10_000, LongestRow = int.MaxValue / TabularFile.BatchRows;

    private readonly NpyHeader _header;
    private readonly Func<Stream> _open;
    private readonly string _label;

    /// <param name="label">File or entry, named in errors.</param>
    /// <param name="open">Opens a fresh stream at the magic string.</param>
    /// <param name="names">Names for the columns of a matrix, or null for c0, c1, ...; the name of a vector.</param>
    /// <exception cref="InputDataException">More than two axes, a wrong number of names.</exception>
    public NpyBlock(string label, Func<Stream> open, IReadOnlyList<string>? names = null)
    {
        (_label, _open) = (label, open);
        using (var stream = open())
        {
            _header = NpyHeader.Read(stream, label);
        }

        var axes = _header.Shape.Count;
        if (axes is 0 or > 2 || (axes == 2 && _header.IsStructured))
        {
            throw new InputDataException($"{label}: an array of {axes} axes; a table is a vector of records or a matrix (rows x columns)");
        }

        if (axes == 2 && (_header.Shape[1] > MostColumns || _header.Shape[1] * _header.ElementSize > LongestRow))
        {
            throw new InputDataException(
                $"{label}: {_header.Shape[1]} columns (allowed: up to {MostColumns}, and {LongestRow} bytes a row)");
        }

        var width = axes == 2 ? (int)_header.Shape[1] : 1;
        if (names is not null && !_header.IsStructured && names.Count != width)
        {
            throw new InputDataException($"{label}: {width} columns, and {names.Count} names for them");
        }

        IEnumerable<NpyField> fields = _header.IsStructured
            ? _header.Fields.Where(field => field.Name.Length > 0)
            : Enumerable.Range(0, width).Select(i => new NpyField(names?[i] ?? $"c{i}", _header.Fields[0].Type, i * _header.ElementSize));
        Fields = [.. fields];
    }

    public long Rows => _header.Shape[0];

    /// <summary>"float64, 5", for what is no column.</summary>
    public string Describe => _header.Describe;

    /// <summary>The columns, the offset being that in a row (of a matrix in C order).</summary>
    public IReadOnlyList<NpyField> Fields { get; }

    /// <summary>
    /// Streams that together deliver the given columns: one for all, or one a column where columns lie one after the other.
    /// </summary>
    /// <param name="columns">Indices into <see cref="Fields"/>, with the place of each in the batch.</param>
    /// <param name="start">First row to deliver.</param>
    public IEnumerable<NpyLane> Lanes(IReadOnlyList<(int Field, int Place)> columns, long start)
    {
        var size = _header.ElementSize;
        if (_header.FortranOrder && _header.Shape.Count == 2)
        {
            foreach (var (field, place) in columns)
            {
                yield return OpenLane(((field * Rows) + start) * size, size, [(Fields[field] with { Offset = 0 }, place)]);
            }
        }
        else if (columns.Count > 0)
        {
            var stride = _header.Shape.Count == 2 ? size * (int)_header.Shape[1] : size;
            yield return OpenLane(start * stride, stride, [.. columns.Select(column => (Fields[column.Field], column.Place))]);
        }
    }

    private NpyLane OpenLane(long skip, int stride, IReadOnlyList<(NpyField Field, int Place)> fields)
    {
        var stream = _open();
        NpyHeader.Read(stream, _label);
        return new NpyLane(_label, stream, skip, stride, fields);
    }
}
