using System.Diagnostics;
using Sideband.Events.Readers;

namespace Sideband.Events.Tests.Readers;

/// <summary>
/// Damaged files are refused in one line or read, and nothing else: no other exception, no hang, no memory far beyond the file. One file in
/// ten is cut short, in the others one byte or three are changed; the seeds are fixed. (A longer run of the same: 2,000 to 20,000 each.)
/// </summary>
public sealed class DamageTests : IDisposable
{
    private const int Mutations = 150;
    private const long MostBytes = 500_000_000;

    /// <summary>A damaged file takes milliseconds; a loaded machine may take a thousand times as long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("fixed_blocks.h5", "")]
    [InlineData("table_data_columns.h5", "")]
    [InlineData("hdf5/latest_tree.h5", "")]
    [InlineData("hdf5/latest_extensible.h5", "")]
    [InlineData("hdf5/latest_many_attributes.h5", "")]
    [InlineData("hdf5/blosc_blosclz_bytes.h5", "")]
    [InlineData("hdf5/types.h5", "")]
    [InlineData("root/small.root", ":events")]
    [InlineData("parquet/small.parquet", "")]
    [InlineData("columns.npz", "")]
    [InlineData("named_matrix.npz", "")]
    [InlineData("records.npy", "")]
    [InlineData("events.csv", "")]
    public void A_changed_or_cut_file_is_read_or_refused_in_one_line(string name, string inner)
    {
        var whole = File.ReadAllBytes(Fixtures.PathOf(name));
        var path = _folder.PathOf(Path.GetFileName(name));
        var refused = 0;
        for (var seed = 0; seed < Mutations; seed++)
        {
            File.WriteAllBytes(path, Damaged(whole, new Random(seed)));
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

        refused.ShouldBeGreaterThan(Mutations / 20);
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

    private static byte[] Damaged(byte[] whole, Random random)
    {
        if (random.Next(10) == 0)
        {
            return whole[..random.Next(1, whole.Length)];
        }

        var bytes = (byte[])whole.Clone();
        for (var change = random.Next(4) == 0 ? 3 : 1; change > 0; change--)
        {
            var at = random.Next(bytes.Length);
            bytes[at] = random.Next(2) == 0 ? (byte)(bytes[at] ^ (1 << random.Next(8))) : (byte)random.Next(256);
        }

        return bytes;
    }
}
