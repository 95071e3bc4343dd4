using Sideband.Events.Readers;

namespace Sideband.Events.Tests.Readers;

/// <summary>A file opens by its content first, then by its name; a name may go on to an object in the file.</summary>
public sealed class FormatRegistryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("fixed_f4.h5", "pandas HDF5, fixed layout")]
    [InlineData("records.npy", "NumPy NPY")]
    [InlineData("columns.npz", "NumPy NPZ")]
    [InlineData("parquet/small.parquet", "Parquet")]
    public void The_content_comes_before_the_name(string name, string format)
    {
        File.Copy(Fixtures.PathOf(name), _folder.PathOf("misnamed.csv"));
        using var file = TabularFiles.Open(_folder.PathOf("misnamed.csv"));
        file.Format.ShouldBe(format);
    }

    [Fact]
    public void A_path_with_a_colon_that_exists_is_a_file()
    {
        using (var file = TabularFiles.Open(_folder.Write("run:7.csv", "m,x", "1,2")))
        {
            file.FileName.ShouldBe("run:7.csv");
        }

        File.Copy(Fixtures.PathOf("root/small.root"), _folder.PathOf("run:8.root"));
        using var tree = TabularFiles.Open(_folder.PathOf("run:8.root") + ":events");
        tree.FileName.ShouldBe("run:8.root");
        new EventFileSpec(_folder.PathOf("run:8.root") + ":events", 5).FilePath.ShouldBe(_folder.PathOf("run:8.root"));
    }

    [Fact]
    public void Errors_name_the_file_what_was_found_and_what_is_allowed()
    {
        Refused(_folder.PathOf("none.root") + ":tree").ShouldBe($"{_folder.PathOf("none.root")}: no such file");
        Refused(_folder.Write("a.csv", "m,x", "1,2") + ":tree").ShouldBe("a.csv: 'tree' is asked for, but text files hold one table only");
        Refused(_folder.Write("a.root", "text")).ShouldBe("a.root: not a ROOT file (its first bytes are not 'root')");
        Refused(_folder.Write("a.dat", "text")).ShouldBe(
            "a.dat: unknown extension '.dat' and content (first bytes 746578740a) "
            + "(allowed: .h5, .hdf5, .hdf (HDF5), .npy (NPY), .npz (NPZ), "
            + ".root (ROOT), .parquet, .pq (Parquet), .csv, .tsv, .txt, .csv.gz, .tsv.gz, .txt.gz (text))");
    }

    private static string Refused(string path) => Should.Throw<InputDataException>(() => TabularFiles.Open(path)).Message;
}
