using System.Runtime.InteropServices;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>
/// A dataset of records (PyTables' tables, structured arrays): a member is one column, or several where it is an array. Only the
/// members that are asked for are read.
/// </summary>
internal sealed unsafe class CompoundBlock : Hdf5Block
{
    private readonly record struct Member(string Name, Hdf5Element Element, int Length);

    private readonly List<Member> _members = [];
    private readonly List<TableColumn> _columns = [];

    /// <summary>Member and place in it of each column.</summary>
    private readonly List<(int Member, int Place)> _places = [];

    /// <param name="dataset">One dimension, of a compound type.</param>
    /// <param name="describe">The columns that a member of that name, element type and length holds; none hides the member.</param>
    public CompoundBlock(Hdf5Dataset dataset, Func<string, Hdf5Element, int, IEnumerable<TableColumn>> describe)
        : base(dataset)
    {
        for (uint i = 0; i < NativeHdf5.H5Tget_nmembers(dataset.Type); i++)
        {
            using var type = NativeHdf5.H5Tget_member_type(dataset.Type, i);
            using var elementType = ElementType(type, out var length);
            var firstOfMember = _columns.Count;
            var member = new Member(MemberName(dataset.Type, i), Hdf5Element.Of(elementType), length);
            foreach (var column in describe(member.Name, member.Element, length))
            {
                _places.Add((_members.Count, _columns.Count - firstOfMember));
                _columns.Add(column);
            }

            _members.Add(member);
        }
    }

    public override IReadOnlyList<TableColumn> Columns => _columns;

    public override void Read(long start, int count, ReadOnlySpan<int> columns, ReadOnlySpan<double[]> destination)
    {
        var offsets = new Dictionary<int, int>();
        var stride = 0;
        foreach (var column in columns)
        {
            var index = _places[column].Member;
            if (offsets.TryAdd(index, stride))
            {
                stride += _members[index].Element.Size * _members[index].Length;
            }
        }

        using var recordType = RecordType(offsets, stride);
        var rows = Buffer(count * stride);
        Dataset.ReadRows(start, count, recordType, rows);
        for (var i = 0; i < columns.Length; i++)
        {
            var (index, place) = _places[columns[i]];
            var element = _members[index].Element;
            Extract(rows, stride, offsets[index] + (place * element.Size), element, destination[i].AsSpan(0, count));
        }
    }

    /// <summary>The compound type of the wanted members alone, packed: HDF5 matches members by name.</summary>
    private Hdf5Id RecordType(Dictionary<int, int> offsets, int size)
    {
        const int compound = 6;
        var record = NativeHdf5.H5Tcreate(compound, (nuint)size);
        foreach (var (index, offset) in offsets)
        {
            var member = _members[index];
            using var fileType = NativeHdf5.H5Tget_member_type(Dataset.Type, (uint)index);
            using var elementType = ElementType(fileType, out _);
            using var scalar = member.Element.MemoryType(elementType);
            if (NativeHdf5.H5Tget_class(fileType) == ArrayClass)
            {
                var dimensions = (ulong)member.Length;
                using var array = NativeHdf5.H5Tarray_create2(scalar, 1, &dimensions);
                _ = NativeHdf5.H5Tinsert(record, member.Name, (nuint)offset, array);
            }
            else
            {
                _ = NativeHdf5.H5Tinsert(record, member.Name, (nuint)offset, scalar);
            }
        }

        return record;
    }

    private const int ArrayClass = 10;

    /// <summary>The type of one number of a member, and how many there are.</summary>
    private static Hdf5Id ElementType(Hdf5Id member, out int length)
    {
        length = 1;
        if (NativeHdf5.H5Tget_class(member) != ArrayClass)
        {
            return NativeHdf5.H5Tcopy(member.DangerousGetHandle());
        }

        var rank = NativeHdf5.H5Tget_array_ndims(member);
        var dimensions = stackalloc ulong[rank];
        _ = NativeHdf5.H5Tget_array_dims2(member, dimensions);
        for (var i = 0; i < rank; i++)
        {
            length *= (int)dimensions[i];
        }

        return NativeHdf5.H5Tget_super(member);
    }

    private static string MemberName(Hdf5Id type, uint index)
    {
        var name = NativeHdf5.H5Tget_member_name(type, index);
        var text = Marshal.PtrToStringUTF8((nint)name) ?? "";
        _ = NativeHdf5.H5free_memory(name);
        return text;
    }
}
