using Sideband.Events.Readers;

namespace Sideband.Events.Tests.Readers;

/// <summary>
/// Every way in which the HDF5 library stores a dataset. The files are made by h5py and PyTables (tests/Reference/events/make_hdf5.py) and
/// hold x = 0.5 i and n = i; the numbers must be these exactly.
/// </summary>
public class Hdf5StorageTests
{
    [Theory]
    [InlineData("latest_contiguous", 700)]
    [InlineData("latest_single", 700)]
    [InlineData("latest_implicit", 700)]
    [InlineData("latest_fixed", 700)]
    [InlineData("latest_fixed_pages", 1100)]
    [InlineData("latest_extensible", 700)]
    [InlineData("latest_extensible_deep", 1100)]
    [InlineData("latest_tree", 700)]
    [InlineData("latest_many_members", 700)]
    [InlineData("latest_many_attributes", 700)]
    [InlineData("tree_levels", 400)]
    [InlineData("user_block", 700)]
    [InlineData("fletcher", 700)]
    [InlineData("blosc_blosclz_bytes", 12000)]
    [InlineData("blosc_blosclz_bits", 12000)]
    [InlineData("blosc_lz4_bytes", 12000)]
    [InlineData("blosc_lz4_bits", 12000)]
    [InlineData("blosc_lz4hc_bytes", 12000)]
    [InlineData("blosc_lz4hc_bits", 12000)]
    [InlineData("blosc_zlib_bytes", 12000)]
    [InlineData("blosc_zlib_bits", 12000)]
    [InlineData("blosc_zstd_bytes", 12000)]
    [InlineData("blosc_zstd_bits", 12000)]
    public void Each_storage_gives_the_same_numbers(string name, int rows)
    {
        using var file = TabularFiles.Open(PathOf(name));
        file.RowCount.ShouldBe(rows);
        Fixtures.Column(file, "x", 0, rows).ShouldBe(Enumerable.Range(0, rows).Select(i => 0.5 * i));
        Fixtures.Column(file, "n", 0, rows).ShouldBe(Enumerable.Range(0, rows).Select(i => (double)i));
        Fixtures.Column(file, "x", 333, 371).ShouldBe(Enumerable.Range(333, 38).Select(i => 0.5 * i));
    }

    [Fact]
    public void Each_type_of_number_in_either_byte_order()
    {
        using var file = TabularFiles.Open(PathOf("types"));
        var numeric = file.Columns.Where(column => column.IsNumeric).ToList();
        numeric.Count.ShouldBe(25);
        foreach (var column in numeric.Where(column => column.Name != "bool"))
        {
            Fixtures.Column(file, column.Name, 0, 20).ShouldBe(Enumerable.Range(0, 20).Select(i => (double)i), column.Name);
        }

        Fixtures.Column(file, "bool", 0, 20).ShouldBe(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 1.0 : 0.0));
        numeric.Single(column => column.Name == "u2b").Type.ShouldBe("uint16");
        file.Columns.Single(column => column.Name == "long_double").IsNumeric.ShouldBeFalse();
    }

    [Fact]
    public void A_dataset_inside_of_its_header()
    {
        using var file = TabularFiles.Open(PathOf("compact"));
        Fixtures.Column(file, "x", 0, 20).ShouldBe(Enumerable.Range(0, 20).Select(i => (double)i));
    }

    [Fact]
    public void A_key_chooses_one_of_several_tables()
    {
        ErrorOf("two_tables.h5").ShouldBe("two_tables.h5: holds 2 tables (a, b/inner); choose one with two_tables.h5:a");
        foreach (var (key, factor) in new[] { ("a", 1.0), ("/b/inner", 2.0), ("c", 2.0) })
        {
            using var file = TabularFiles.Open($"{PathOf("two_tables")}:{key}");
            Fixtures.Column(file, "n", 3, 5).ShouldBe([3 * factor, 4 * factor]);
        }

        ErrorOf("two_tables.h5:d").ShouldBe("two_tables.h5: no object 'd' (tables: a, b/inner)");
        ErrorOf("two_tables.h5:a/x").ShouldBe("two_tables.h5: 'a/x' holds float64, 30, not a vector of records");
    }

    [Fact]
    public void What_lies_elsewhere_or_is_no_column_is_listed_apart_and_refused_when_asked_for()
    {
        using var file = TabularFiles.Open(PathOf("links"));
        file.RowCount.ShouldBe(30);
        file.Columns.Where(column => !column.IsApart).Select(column => column.Name).ShouldBe(["n", "soft", "x"]);
        Fixtures.Column(file, "soft", 0, 30).ShouldBe(Fixtures.Column(file, "x", 0, 30));
        (string Name, string What)[] apart =
        [
            ("external", "a link into another file (other.h5), which is not followed"),
            ("nowhere", "a link that leads nowhere"),
            ("outside", "a dataset whose values lie in other files: copy it with h5repack"),
            ("virtual", "a virtual dataset, whose values lie in other places or files: copy it with h5repack"),
            ("lzf", "packed with lzf (filter 32000; read are zlib and blosc): repack it with h5repack -f GZIP=6"),
            ("scalar", "float64, one value"),
            ("edges", "float64, 5 rows where the table has 30"),
            ("matrix", "float64, 30 x 2"),
            ("author", "text or Python objects, one value"),
        ];
        foreach (var (name, what) in apart)
        {
            Should.Throw<InputDataException>(() => Fixtures.Column(file, name, 0, 30))
                .Message.ShouldBe($"links.h5: '{name}' is not a column of the table: {what}");
        }
    }

    [Theory]
    [InlineData("circle", "circle.h5: the links at 'a/b/c/back' lead in a circle")]
    [InlineData("soft_circle", "soft_circle.h5: the links at 'three' lead in a circle")]
    [InlineData("holes", "holes.h5: the HDF5 file is cut short or damaged: values that were never written (5 of 10 chunks are there)")]
    public void Circles_of_links_and_values_never_written_are_refused(string name, string message) =>
        ErrorOf(name + ".h5").ShouldBe(message);

    private static string ErrorOf(string name) => Should.Throw<InputDataException>(() =>
    {
        using var file = TabularFiles.Open(Fixtures.PathOf($"hdf5/{name}"));
        Fixtures.Column(file, "x", 0, file.RowCount);
    }).Message;

    private static string PathOf(string name) => Fixtures.PathOf($"hdf5/{name}.h5");
}
