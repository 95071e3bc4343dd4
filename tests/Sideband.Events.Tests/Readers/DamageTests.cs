using System.Diagnostics;
using Sideband.Events.Readers;
using Sideband.Tests;

namespace Sideband.Events.Tests.Readers;

/// <summary>
/// Damaged files (<see cref="Damage"/>) are refused in one line or read, and nothing else: no other exception, no hang, no memory far
/// beyond the file.
/// </summary>
public sealed class DamageTests : IDisposable
{
    private const int Mutations = 150;
    private const int ManyMutations = 1000;
    private const long MostBytes = 500_000_000;

    /// <summary>A damaged file takes milliseconds; a loaded machine may take a thousand times as long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A file of every layout and format, and the table in it.</summary>
    public static TheoryData<string, string> Files => new()
    {
        { "fixed_blocks.h5", "" },
        { "table_data_columns.h5", "" },
        { "hdf5/latest_tree.h5", "" },
        { "hdf5/latest_extensible.h5", "" },
        { "hdf5/latest_many_attributes.h5", "" },
        { "hdf5/blosc_blosclz_bytes.h5", "" },
        { "hdf5/types.h5", "" },
        { "root/small.root", ":events" },
        { "parquet/small.parquet", "" },
        { "columns.npz", "" },
        { "named_matrix.npz", "" },
        { "records.npy", "" },
        { "events.csv", "" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_changed_or_cut_file_is_read_or_refused_in_one_line(string name, string inner) => Try(name, inner, Mutations);

    /// <summary>More of the same; the output has the counts.</summary>
    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Files))]
    public void Many_changed_or_cut_files(string name, string inner) => TestContext.Current.TestOutputHelper!.WriteLine(
        $"{name}: {ManyMutations} damaged copies, {Try(name, inner, ManyMutations)} refused in one line, the others read");

    private int Try(string name, string inner, int mutations)
    {
        var whole = File.ReadAllBytes(Fixtures.PathOf(name));
        var path = _folder.PathOf(Path.GetFileName(name));
        var refused = 0;
        for (var seed = 0; seed < mutations; seed++)
        {
            File.WriteAllBytes(path, Damage.Of(whole, seed));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            try
            {
                ReadAll(path + inner);
            }
            catch (SidebandException error)
            {
                error.Message.ShouldNotContain("\n");
                refused++;
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytes, $"{name}, seed {seed}");
            watch.Elapsed.ShouldBeLessThan(Longest, $"{name}, seed {seed}");
        }

        refused.ShouldBeGreaterThan(mutations / 20);
        return refused;
    }

    /// <summary>Files of ../shared/cases/damaged: what must be refused, and what has an innocent fault and a right answer.</summary>
    [Theory]
    [InlineData("ov_table.h5", false)]
    [InlineData("ov_3d_2.h5", false)]
    [InlineData("ov_3d_8.h5", false)]
    [InlineData("ov_2p32.h5", false)]
    [InlineData("ov_attr_10.h5", true)]
    [InlineData("ov_attr_200.h5", true)]
    [InlineData("cycle.h5", false)]
    [InlineData("pandas_blocks_gone.h5", false)]
    [InlineData("vdsmiss.h5", true)]
    [InlineData("wide.h5", false)]
    [InlineData("dup.npz", false)]
    [InlineData("crc.npz", false)]
    [InlineData("npz_method_byte.npz", false)]
    [InlineData("c.npy", false)]
    [InlineData("d.npy", false)]
    [InlineData("e.npy", false)]
    [InlineData("i.npy", false)]
    [InlineData("j.npy", false)]
    [InlineData("o.npy", false)]
    [InlineData("f2.npy", false)]
    [InlineData("f3.npy", false)]
    public void Known_damaged_files_end_well(string name, bool isReadable)
    {
        var path = Path.Combine(Fixtures.Shared, "cases", "damaged", name);
        Assert.SkipUnless(File.Exists(path), "the damaged files are not there");
        if (isReadable)
        {
            ReadAll(path);
        }
        else
        {
            Should.Throw<InputDataException>(() => ReadAll(path)).Message.ShouldStartWith(name);
        }
    }

    [Fact]
    public void A_virtual_dataset_without_source_is_refused_when_it_is_asked_for()
    {
        var path = Path.Combine(Fixtures.Shared, "cases", "damaged", "vdsmiss.h5");
        Assert.SkipUnless(File.Exists(path), "the damaged files are not there");
        using var file = TabularFiles.Open(path);
        Should.Throw<InputDataException>(() => file.Read(["v"], 0, 1))
            .Message.ShouldContain("'v' is not a column of the table: a virtual dataset");
    }

    private static void ReadAll(string path)
    {
        using var file = TabularFiles.Open(path);
        long rows = 0;
        string[] names = [.. file.Columns.Where(column => column.IsNumeric).Select(column => column.Name)];
        foreach (var batch in file.Read(names, 0, file.RowCount))
        {
            rows += batch.Count;
        }

        rows.ShouldBe(file.RowCount);
    }
}
