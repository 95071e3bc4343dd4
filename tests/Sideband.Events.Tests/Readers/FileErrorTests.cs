namespace Sideband.Events.Tests.Readers;

/// <summary>Each error of a file is one line that names the file, the place, the value and what is allowed.</summary>
public sealed class FileErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file() => ErrorOf(_folder.PathOf("none.h5")).ShouldBe($"{_folder.PathOf("none.h5")}: no such file");

    [Fact]
    public void A_folder() => ErrorOf(Path.GetDirectoryName(_folder.PathOf("x"))!).ShouldEndWith(": a folder, not a file");

    [Fact]
    public void An_empty_file() => ErrorOf(_folder.Write("empty.csv")).ShouldBe("empty.csv: the file is empty");

    [Fact]
    public void More_columns_than_a_table_has() => ErrorOf(_folder.Write("wide.csv", string.Join(',', Enumerable.Range(0, 300_000)), "1"))
        .ShouldBe("wide.csv: 300000 columns; at most 10000 are read");

    [Fact]
    public void A_name_longer_than_names_are() => ErrorOf(_folder.Write("long.csv", new string('a', 5000) + ",m", "1,2"))
        .ShouldBe($"long.csv: a column's name has 5000 letters ('{new string('a', 20)}...'); at most 1000 are read");

    [Fact]
    public void An_unknown_extension() => ErrorOf(_folder.Write("events.dat", "a text"))
        .ShouldStartWith("events.dat: unknown extension '.dat' and content (first bytes 6120746578740a) "
            + "(allowed: .h5, .hdf5, .hdf (HDF5), .npy (NPY), ");

    [Fact]
    public void Text_that_is_called_hdf5() => ErrorOf(_folder.Write("text.h5", "pxj1,pyj1", "1,2"))
        .ShouldBe("text.h5: not an HDF5 file (its first bytes are not HDF5's signature)");

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.98)]
    public void A_truncated_hdf5_file(double fraction)
    {
        var bytes = File.ReadAllBytes(Fixtures.PathOf("fixed_f4_zlib.h5"));
        File.WriteAllBytes(_folder.PathOf("cut.h5"), bytes[..(int)(fraction * bytes.Length)]);
        ErrorOf(_folder.PathOf("cut.h5")).ShouldStartWith("cut.h5: the HDF5 file is cut short or damaged: truncated file");
    }

    [Fact]
    public void Damaged_compressed_data_inside_an_hdf5_file()
    {
        var bytes = File.ReadAllBytes(Fixtures.PathOf("fixed_f4_zlib.h5"));
        var zlib = bytes.AsSpan().LastIndexOf(new byte[] { 0x78, 0xDA });
        bytes.AsSpan(zlib + 2, 64).Fill(0xFF);
        File.WriteAllBytes(_folder.PathOf("damaged.h5"), bytes);
        ErrorOf(_folder.PathOf("damaged.h5")).ShouldStartWith("damaged.h5: dataset 'block0_items', from row 0 on: cannot be unpacked: ");
    }

    [Fact]
    public void A_series_instead_of_a_frame() =>
        ErrorOf(Fixtures.PathOf("series.h5")).ShouldBe("series.h5: key 'df' holds a pandas 'series', not a data frame");

    [Fact]
    public void Vectors_of_different_length_in_hdf5() =>
        ErrorOf(Fixtures.PathOf("unequal.h5"), "x")
            .ShouldBe("unequal.h5: 'x' is not a column of the table: float64, 4 rows where the table has 5");

    [Fact]
    public void A_column_of_text_in_hdf5()
    {
        ErrorOf(Fixtures.PathOf("fixed_blocks.h5"), "name")
            .ShouldBe("fixed_blocks.h5: column 'name' holds text or Python objects, not numbers");
        ErrorOf(Fixtures.PathOf("table_data_columns.h5"), "name")
            .ShouldBe("table_data_columns.h5: column 'name' holds text, not numbers");
    }

    [Fact]
    public void A_missing_column_names_the_nearest_and_all() => ErrorOf(_folder.Write("a.csv", "mjj,tau21", "1,2"), "tau12")
        .ShouldBe("a.csv: no column 'tau12'; did you mean 'tau21'? (there are: mjj, tau21)");

    [Fact]
    public void A_missing_column_of_a_dijet_file_lists_what_can_be_derived() =>
        ErrorOf(Fixtures.PathOf("fixed_f4.h5"), "tau21_j3").ShouldContain("did you mean 'tau21_j1'? (there are: pxj1, ");

    [Fact]
    public void A_text_in_the_first_row_of_csv() => ErrorOf(_folder.Write("a.csv", "mjj,x", "1,red", "2,3"))
        .ShouldBe("a.csv: column 'x' holds text ('red' in row 0, line 2), not numbers");

    [Fact]
    public void A_text_further_down_in_csv() => ErrorOf(_folder.Write("a.csv", "mjj,x", "1,2", "", "2,red"))
        .ShouldBe("a.csv: column 'x', line 4 (row 1): 'red' is not a number");

    [Fact]
    public void A_row_of_csv_with_the_wrong_number_of_fields() => ErrorOf(_folder.Write("a.csv", "mjj,x", "1,2", "3,4,5"))
        .ShouldBe("a.csv: line 3 has 3 fields, the header has 2");

    [Fact]
    public void Quotation_marks_out_of_place_in_csv() => ErrorOf(_folder.Write("a.csv", "mjj,x", "1,\"2", "3,4"))
        .ShouldStartWith("a.csv: line 2: ");

    [Fact]
    public void Csv_without_header() => ErrorOf(_folder.Write("a.csv", "1,2", "3,4"))
        .ShouldBe("a.csv: no header line: line 1 holds numbers where the column names should stand");

    [Fact]
    public void A_name_twice_in_csv() => ErrorOf(_folder.Write("a.csv", "mjj,x,x", "1,2,3"))
        .ShouldBe("a.csv: the header names column 'x' 2 times");

    [Fact]
    public void Csv_with_a_header_alone() => ErrorOf(_folder.Write("a.csv", "mjj,x")).ShouldBe("a.csv: the file has no rows");

    [Fact]
    public void Arrays_of_different_length_in_npz() =>
        ErrorOf(Fixtures.PathOf("unequal.npz"), "x")
            .ShouldBe("unequal.npz: 'x' is not a column of the table: float64, 4 rows where the table has 5");

    [Fact]
    public void Types_of_numpy_that_are_not_read() =>
        ErrorOf(Fixtures.PathOf("complex.npy"), "c1", "c0").ShouldContain("column 'c0' holds NumPy type '<c16', not numbers");

    [Fact]
    public void A_truncated_npy_file()
    {
        var bytes = File.ReadAllBytes(Fixtures.PathOf("matrix.npy"));
        File.WriteAllBytes(_folder.PathOf("cut.npy"), bytes[..^8]);
        ErrorOf(_folder.PathOf("cut.npy"), "c1", "c0").ShouldBe("cut.npy: cut short: fewer rows than its header says (float64, 60 x 4)");
        File.WriteAllBytes(_folder.PathOf("cut.npy"), bytes[..20]);
        ErrorOf(_folder.PathOf("cut.npy"), "c1", "c0").ShouldBe("cut.npy: not a NumPy array, or cut short within the header");
    }

    [Fact]
    public void A_truncated_npz_file()
    {
        var bytes = File.ReadAllBytes(Fixtures.PathOf("columns.npz"));
        File.WriteAllBytes(_folder.PathOf("cut.npz"), bytes[..^100]);
        ErrorOf(_folder.PathOf("cut.npz")).ShouldBe("cut.npz: not an NPZ archive, or cut short");
    }

    [Fact]
    public void Text_that_is_called_npy() => ErrorOf(_folder.Write("a.npy", "mjj,x,y,z"))
        .ShouldBe("a.npy: not a NumPy array (its first bytes are not '\\x93NUMPY')");

    private static string ErrorOf(string path, string feature = "x", string mass = "mjj")
    {
        var error = Should.Throw<InputDataException>(() => EventReader.Load(new EventFileSpec(path), new ColumnRequest(mass, [feature])));
        error.ExitCode.ShouldBe(3);
        error.Message.ShouldNotContain("\n");
        return error.Message;
    }
}
