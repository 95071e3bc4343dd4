using Sideband.Learning.Boosting;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Boosting;

/// <summary>Bins by places in sorted columns are those that values are looked up in, and a selection needs no sorting.</summary>
public class SortedColumnsTests
{
    private const int Count = 5000;

    // Continuous, many ties with both zeros, few distinct values, and missing and infinite ones.
    private static readonly float[][] Columns = Make();

    [Theory]
    [InlineData(255)]
    [InlineData(16)]
    public void Bins_of_a_part_are_those_of_its_values(int maxBins)
    {
        var sorted = SortedColumns.Of(Columns);
        var memory = new BinningMemory();
        for (var part = 1; part <= 3; part++)
        {
            var chosen = Chosen(part, 1000 * part);
            var binning = sorted.Bin(chosen, maxBins, memory);
            var fitted = FeatureBinning.Fit([.. Columns.Select(column => Array.ConvertAll(chosen, row => column[row]))], maxBins);
            for (var f = 0; f < Columns.Length; f++)
            {
                binning.Edges(f).ToArray().ShouldBe(fitted.Edges(f).ToArray());
                Bins(sorted, f, binning, memory).ShouldBe([.. Columns[f].Select(value => (byte)fitted.Bin(f, value))]);
            }
        }
    }

    [Fact]
    public void Rows_in_another_order_have_the_bins_that_sorting_them_gives()
    {
        var whole = SortedColumns.Of(Columns);
        var memory = new BinningMemory();
        foreach (var size in new[] { Count, 1777, 64, 1, 0 })
        {
            var rows = Chosen(size, size);
            RandomStream.For(2, "order").Shuffle<int>(rows);
            var own = SortedColumns.Of([.. Columns.Select(column => Array.ConvertAll(rows, row => column[row]))]);
            var selected = whole.Select(rows);
            selected.Count.ShouldBe(size);
            var half = Enumerable.Range(0, size / 2).ToArray();
            var (expected, found) = (own.Bin(half, 100, memory), selected.Bin(half, 100, memory));
            for (var f = 0; f < Columns.Length; f++)
            {
                found.Edges(f).ToArray().ShouldBe(expected.Edges(f).ToArray());
                Bins(selected, f, found, memory).ShouldBe(Bins(own, f, expected, memory));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Columns_in_several_parts_are_sorted_as_one(int threads)
    {
        var whole = SortedColumns.Of(Columns);
        var parts = SortedColumns.OfParts(
            Array.ConvertAll(Columns, column => new ReadOnlyMemory<float>[] { column.AsMemory(0, 700), default, column.AsMemory(700) }),
            threads);
        parts.Count.ShouldBe(Count);
        var memory = new BinningMemory();
        var chosen = Chosen(4, 1500);
        var (expected, found) = (whole.Bin(chosen, 255, memory), parts.Bin(chosen, 255, memory));
        for (var f = 0; f < Columns.Length; f++)
        {
            parts.RanksOf(f).ToArray().ShouldBe(whole.RanksOf(f).ToArray());
            found.Edges(f).ToArray().ShouldBe(expected.Edges(f).ToArray());
        }
    }

    /// <summary>Beyond a million rows numbers are sorted in groups; ties keep the order of rows, and both zeros theirs of signs.</summary>
    [Fact]
    public void Many_rows_are_sorted_in_groups_as_one()
    {
        var stream = RandomStream.For(3, "groups");
        var column = new float[1_300_000];
        for (var row = 0; row < column.Length; row++)
        {
            column[row] = row % 50 == 0 ? Columns[3][row % Count]
                : row % 3 == 0 ? -1.5f
                : row % 7 == 0 ? -0f
                : (float)stream.NextGaussian();
        }

        int[] order = [.. Enumerable.Range(0, column.Length).Where(row => !float.IsNaN(column[row]))];
        float Key(int row) => column[row];
        int[] expected = [.. order.OrderBy(Key).ThenBy(row => float.IsNegative(column[row]) ? 0 : 1).ThenBy(row => row)];
        var ranks = Enumerable.Repeat(expected.Length, column.Length).ToArray();
        for (var place = 0; place < expected.Length; place++)
        {
            ranks[expected[place]] = place;
        }

        SortedColumns.Of([column]).RanksOf(0).SequenceEqual(ranks).ShouldBeTrue();
    }

    [Fact]
    public void A_row_that_is_selected_twice_is_refused() =>
        Should.Throw<ArgumentException>(() => SortedColumns.Of(Columns).Select([7, 8, 7]))
            .Message.ShouldStartWith("a row number comes twice");

    private static byte[] Bins(SortedColumns sorted, int feature, FeatureBinning binning, BinningMemory memory)
    {
        var table = sorted.BinsByPlace(feature, binning, memory).ToArray();
        return [.. sorted.RanksOf(feature).ToArray().Select(place => table[place])];
    }

    private static int[] Chosen(int seed, int count)
    {
        int[] rows = [.. Enumerable.Range(0, Count)];
        RandomStream.For((ulong)seed, "chosen").Shuffle<int>(rows);
        return [.. rows[..count].Order()];
    }

    private static float[][] Make()
    {
        var stream = RandomStream.For(1, "sorted columns");
        var columns = Enumerable.Range(0, 4).Select(_ => new float[Count]).ToArray();
        for (var row = 0; row < Count; row++)
        {
            columns[0][row] = (float)stream.NextGaussian();
            columns[1][row] = row % 3 == 0 ? 0f : row % 3 == 1 ? -0f : (float)(0.01 * stream.NextInt(700));
            columns[2][row] = stream.NextInt(5) - 2;
            columns[3][row] = row % 7 == 0 ? float.NaN
                : row % 11 == 0 ? float.PositiveInfinity
                : row % 13 == 0 ? float.NegativeInfinity
                : (float)stream.NextGaussian();
        }

        return columns;
    }
}
