using Sideband.Events.Readers;

namespace Sideband.Events.Tests.Readers;

/// <summary>
/// Files of DuckDB in row groups of 2048 (tests/Reference/events/make_parquet.py): x = 0.5 i with nulls, f = n = i, b = i even, k = i % 3.
/// </summary>
public class ParquetTests
{
    private const int Rows = 6000;

    [Theory]
    [InlineData("uncompressed_v2")]
    [InlineData("snappy_v2")]
    [InlineData("gzip_v1")]
    [InlineData("zstd_v1")]
    [InlineData("zstd_v2")]
    [InlineData("lz4_raw_v2")]
    [InlineData("brotli_v1")]
    public void Numbers_bools_and_nulls_are_read_from_every_codec(string name)
    {
        using var file = TabularFiles.Open(Fixtures.PathOf($"parquet/{name}.parquet"));
        file.RowCount.ShouldBe(Rows);
        foreach (var (start, until) in new[] { (0, Rows), (2000, 4100) })
        {
            Column("x").ShouldBe(Expected(i => i % 7 == 3 ? double.NaN : 0.5 * i));
            Column("f").ShouldBe(Expected(i => i));
            Column("n").ShouldBe(Expected(i => i));
            Column("b").ShouldBe(Expected(i => i % 2 == 0 ? 1 : 0));
            Column("k").ShouldBe(Expected(i => i % 3));

            double[] Column(string column) => Fixtures.Column(file, column, start, until);
            IEnumerable<double> Expected(Func<int, double> value) => Enumerable.Range(start, until - start).Select(value);
        }

        Should.Throw<InputDataException>(() => Fixtures.Column(file, "t", 0, 1)).Message
            .ShouldBe($"{name}.parquet: column 't' holds text, not numbers");
        Should.Throw<InputDataException>(() => Fixtures.Column(file, "l", 0, 1)).Message
            .ShouldBe($"{name}.parquet: 'l' is not a column of the table: nested values (List)");
    }

    [Fact]
    public void A_file_cut_short_is_refused()
    {
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(Fixtures.PathOf("parquet/small.parquet"));
        File.WriteAllBytes(folder.PathOf("cut.parquet"), bytes[..300]);
        Should.Throw<InputDataException>(() => TabularFiles.Open(folder.PathOf("cut.parquet"))).Message
            .ShouldBe("cut.parquet: not a Parquet file, or cut short (its last bytes are not 'PAR1')");
    }
}
