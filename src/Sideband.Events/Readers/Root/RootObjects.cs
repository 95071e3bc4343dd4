namespace Sideband.Events.Readers.Root;

/// <summary>
/// The objects of a streamed record (TBufferFile). A class name stands once, later objects refer to its place; likewise objects that
/// several pointers lead to. Classes that are not known here are skipped by their byte count.
/// </summary>
/// <param name="file">Named in errors.</param>
/// <param name="keyLength">Bytes of the record's key, from which places are counted.</param>
internal sealed class RootObjects(string file, int keyLength)
{
    private const uint ByteCount = 0x40000000, ClassMask = 0x80000000, NewClass = 0xFFFFFFFF;
    private const int MapOffset = 2, MostNested = 64;
    private const uint IsReferenced = 1 << 4;
    private readonly Dictionary<uint, object?> _known = [];
    private int _depth;

    /// <summary>Reads an object of a class after its name.</summary>
    public delegate object? Reader(ref RootCursor cursor, string className);

    public InputDataException Damaged(string what) => RootCursor.Damaged(file, what);

    /// <summary>Version of a class and where the object ends, which its byte count says.</summary>
    public (int Version, int End) Head(ref RootCursor cursor)
    {
        var count = cursor.UInt32();
        if ((count & ByteCount) == 0)
        {
            throw Damaged("an object without byte count");
        }

        var end = cursor.Position + (long)(count & ~ByteCount);
        return end <= cursor.Position + (long)cursor.Left
            ? (cursor.UInt16(), (int)end)
            : throw Damaged("an object that ends early");
    }

    /// <summary>Passes a base class or member that is not needed.</summary>
    public void SkipObject(ref RootCursor cursor) => cursor.MoveTo(Head(ref cursor).End);

    /// <summary>Name and title of a TNamed.</summary>
    public (string Name, string Title) Named(ref RootCursor cursor)
    {
        var (_, end) = Head(ref cursor);
        SkipTObject(ref cursor);
        var named = (cursor.Text(), cursor.Text());
        cursor.MoveTo(end);
        return named;
    }

    /// <summary>The entries of a TObjArray, null where an entry is empty or of a class that <paramref name="read"/> skips.</summary>
    public List<object?> Array(ref RootCursor cursor, Reader read)
    {
        var (_, end) = Head(ref cursor);
        SkipTObject(ref cursor);
        cursor.Text();
        var count = cursor.Int32();
        cursor.Skip(4);
        if (count < 0 || count > cursor.Left / 4)
        {
            throw Damaged($"a list of {count} objects");
        }

        var entries = new List<object?>();
        for (var i = 0; i < count; i++)
        {
            entries.Add(Any(ref cursor, read));
        }

        cursor.MoveTo(end);
        return entries;
    }

    /// <summary>An object that a pointer leads to.</summary>
    public object? Any(ref RootCursor cursor, Reader read)
    {
        var begin = cursor.Position;
        var count = cursor.UInt32();
        var hasCount = (count & ByteCount) != 0 && count != NewClass;
        var tag = hasCount ? cursor.UInt32() : count;
        long? end = hasCount ? begin + 4L + (count & ~ByteCount) : null;
        if ((tag & ClassMask) == 0)
        {
            var found = tag == 0 ? null : _known.GetValueOrDefault(tag);
            cursor.MoveTo(end ?? cursor.Position);
            return found;
        }

        string className;
        if (tag == NewClass)
        {
            className = cursor.ZeroEnded();
            Register(begin + (hasCount ? 4 : 0), className, hasCount);
        }
        else
        {
            className = _known.GetValueOrDefault(tag & ~ClassMask) as string ?? throw Damaged("an object of a class without name");
        }

        if (++_depth > MostNested)
        {
            throw Damaged("objects nested too deeply");
        }

        var item = read(ref cursor, className);
        _depth--;
        Register(begin, item, hasCount);
        if (end is { } place)
        {
            cursor.MoveTo(place);
        }

        return item;
    }

    /// <summary>Version, identifier and bits; a process number where something refers to the object.</summary>
    private static void SkipTObject(ref RootCursor cursor)
    {
        const int hasByteCount = 0x4000;
        if ((cursor.UInt16() & hasByteCount) != 0)
        {
            cursor.Skip(4);
        }

        cursor.Skip(4);
        if ((cursor.UInt32() & IsReferenced) != 0)
        {
            cursor.Skip(2);
        }
    }

    private void Register(int place, object? item, bool hasPlace) =>
        _known[hasPlace ? (uint)(place + keyLength + MapOffset) : (uint)(_known.Count + 1)] = item;
}
