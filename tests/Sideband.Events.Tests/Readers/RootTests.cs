using Sideband.Events.Readers;

namespace Sideband.Events.Tests.Readers;

/// <summary>
/// Trees: the small file of tests/Reference/events/make_root.py, and files that ROOT itself wrote (../shared/reference/root), which are
/// read where they lie and whose tests are skipped elsewhere.
/// </summary>
public class RootTests
{
    private const int Rows = 100;

    [Fact]
    public void Every_kind_of_flat_branch_is_read_whatever_packs_it()
    {
        using var file = TabularFiles.Open(PathOf("small.root:events"));
        file.RowCount.ShouldBe(Rows);
        file.Format.ShouldBe("ROOT TTree 'events'");
        ShouldBe(file, "x", i => 0.5 * i);
        ShouldBe(file, "n", i => i);
        ShouldBe(file, "flag", i => i % 2);
        ShouldBe(file, "byte", i => 255 - i);
        ShouldBe(file, "p.a", i => i % 5);
        ShouldBe(file, "p.k", i => -(i % 3));
        ShouldBe(file, "arr[0]", i => i);
        ShouldBe(file, "arr[2]", i => i + 2);

        // Across the two baskets in the file and the one in the tree's own record.
        Fixtures.Column(file, "x", 35, 85).ShouldBe(Enumerable.Range(35, 50).Select(i => 0.5 * i));
    }

    [Fact]
    public void The_highest_cycle_is_read_and_an_older_one_can_be_named()
    {
        using var newest = TabularFiles.Open(PathOf("small.root:events;2"));
        ShouldBe(newest, "x", i => 0.5 * i);
        using var older = TabularFiles.Open(PathOf("small.root:events;1"));
        ShouldBe(older, "x", i => 1.5 * i);
        using var inFolder = TabularFiles.Open(PathOf("small.root:folder/inner"));
        ShouldBe(inFolder, "x", i => i);
    }

    [Fact]
    public void A_tree_and_a_range_of_rows_go_together()
    {
        var spec = EventFileSpec.Parse(PathOf("small.root") + ":events[10:90]");
        spec.FilePath.ShouldBe(PathOf("small.root"));
        var loaded = EventReader.Load(spec, new ColumnRequest("x", ["arr[1]"]));
        loaded.Events.Mass.ToArray().ShouldBe(Enumerable.Range(10, 80).Select(i => 0.5 * i));
        loaded.Events.Feature(0).ToArray().ShouldBe(Enumerable.Range(10, 80).Select(i => i + 1f));
        loaded.Events.Sources[0].Sha256.ShouldBe(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(PathOf("small.root")))));
    }

    [Theory]
    [InlineData("small.root", "x", "small.root: holds 2 trees (events, folder/inner); choose one with small.root:events")]
    [InlineData("small.root:event", "x", "small.root: no tree 'event'; did you mean 'events'? (trees: events, folder/inner)")]
    [InlineData(
        "small.root:events",
        "var",
        "small.root: 'var' is not a column of the table: a branch with a variable number of values in each event")]
    [InlineData("small.root:events", "text", "small.root: 'text' is not a column of the table: text")]
    [InlineData(
        "old_codec.root",
        "x",
        "old_codec.root: packed by ROOT's codec of before 2002 ('CS'), which is not read; copy the file with hadd")]
    public void What_cannot_be_read_is_refused_by_name(string spec, string column, string message) => Should.Throw<InputDataException>(() =>
    {
        using var file = TabularFiles.Open(PathOf(spec));
        Fixtures.Column(file, column, 0, Rows);
    }).Message.ShouldBe(message);

    [Fact]
    public void The_same_tree_packed_by_three_codecs_gives_the_same_numbers()
    {
        var zlib = All("uproot-sample-6.20.04-zlib.root");
        zlib["ai4[2]"].ShouldBe(Enumerable.Range(-12, 30).Select(i => (double)i));
        foreach (var codec in new[] { "lz4", "lzma" })
        {
            var other = All($"uproot-sample-6.20.04-{codec}.root");
            other.Keys.ShouldBe(zlib.Keys);
            other.Values.Zip(zlib.Values).ShouldAllBe(pair => pair.First.SequenceEqual(pair.Second));
        }
    }

    [Fact]
    public void The_same_events_packed_by_zstd_give_the_same_numbers()
    {
        var (zlib, zstd) = (All("uproot-Zmumu.root"), All("uproot-Zmumu-zstd.root"));
        zlib["M"].Length.ShouldBe(2304);
        zstd.Keys.ShouldBe(zlib.Keys);
        zstd.Values.Zip(zlib.Values).ShouldAllBe(pair => pair.First.SequenceEqual(pair.Second));

        // M is the invariant mass of the two muons, which the file gives to ten digits.
        for (var i = 0; i < 2304; i++)
        {
            var squared = Math.Pow(zlib["E1"][i] + zlib["E2"][i], 2) - Math.Pow(zlib["px1"][i] + zlib["px2"][i], 2)
                - Math.Pow(zlib["py1"][i] + zlib["py2"][i], 2) - Math.Pow(zlib["pz1"][i] + zlib["pz2"][i], 2);
            Math.Sqrt(squared).ShouldBe(zlib["M"][i], 1e-3 * zlib["M"][i]);
        }
    }

    /// <summary>
    /// The reference file of BumpHunter: 60 bins on [0, 20], four bins from bin 16 on have 208 more events than the background.
    /// </summary>
    [Fact]
    public void The_reference_file_of_bumphunter_gives_its_excess()
    {
        var (data, background) = (Bins(All("bh_data.root:data")["data"]), Bins(All("bh_data.root:bkg")["bkg"]));
        (data[16..20].Sum() - background[16..20].Sum()).ShouldBe(208);
    }

    [Fact]
    public void Split_objects_variable_branches_and_many_baskets()
    {
        All("uproot-foriter.root")["data"].ShouldBe(Enumerable.Range(0, 46).Select(i => (double)i));
        var flat = All("uproot-small-flat-tree.root");
        flat["ArrayFloat64[9]"].ShouldBe(Enumerable.Range(0, 100).Select(i => (double)i));
        flat["UInt64"].ShouldBe(Enumerable.Range(0, 100).Select(i => (double)i));
        All("uproot-issue465-flat.root")["Evt.run_id"].ShouldBe([7289, 7289, 7289]);
        using var file = TabularFiles.Open(SharedPath("uproot-HZZ.root"));
        file.Columns.Single(column => column.Name == "Jet_Px").IsApart.ShouldBeTrue();
        file.Columns.Single(column => column.Name == "NJet").IsNumeric.ShouldBeTrue();
    }

    /// <summary>Files of ROOT's own tutorials and tests: split and zigzag integers, floats; what is packed into fewer bits.</summary>
    [Fact]
    public void Flat_fields_of_an_rntuple()
    {
        var numbers = All("test_int_float_rntuple_v1-0-0-0.root");
        numbers["one_integers"].ShouldBe([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
        numbers["two_floats"].Select(value => (float)value).ShouldBe([9.9f, 8.8f, 7.7f, 6.6f, 5.5f, 4.4f, 3.3f, 2.2f, 1.1f, 0f]);
        var staff = All("ntpl001_staff_rntuple_v1-0-0-0.root");
        staff.Count.ShouldBe(9);
        staff["Age"].Length.ShouldBe(3354);
        staff["Age"].Min().ShouldBeGreaterThan(17);
        staff["Age"].Max().ShouldBeLessThan(71);
        staff["Hrweek"].Take(3).ShouldBe([40, 40, 40]);

        using var packed = TabularFiles.Open(SharedPath("test_float_types_rntuple_v1-0-0-0.root"));
        Should.Throw<InputDataException>(() => packed.Read(["trunc10"], 0, 1)).Message
            .ShouldEndWith("'trunc10' is not a column of the table: float in a form that is not read");
        using var nested = TabularFiles.Open(SharedPath("Run2012BC_DoubleMuParked_Muons_1000evts_rntuple_v1-0-0-0.root"));
        nested.Columns.ShouldAllBe(column => column.IsApart);
        nested.RowCount.ShouldBe(1000);
    }

    /// <summary>Two clusters of fifty million rows; the rows around their border are read alone.</summary>
    [Fact]
    public void Rows_of_several_clusters()
    {
        using var file = TabularFiles.Open(SharedPath("test_int_multicluster_rntuple_v1-0-0-0.root"));
        file.RowCount.ShouldBe(100_000_000);
        Fixtures.Column(file, "one_integers", 49_999_999, 50_000_001).ShouldBe([2, 1]);
    }

    private static int[] Bins(double[] values)
    {
        var bins = new int[60];
        foreach (var value in values.Where(value => value is >= 0 and < 20))
        {
            bins[(int)(value * 3)]++;
        }

        return bins;
    }

    private static void ShouldBe(TabularFile file, string column, Func<int, double> expected) =>
        Fixtures.Column(file, column, 0, Rows).ShouldBe(Enumerable.Range(0, Rows).Select(expected), column);

    private static Dictionary<string, double[]> All(string name)
    {
        using var file = TabularFiles.Open(SharedPath(name));
        return file.Columns.Where(column => column.IsNumeric)
            .ToDictionary(column => column.Name, column => Fixtures.Column(file, column.Name, 0, file.RowCount));
    }

    private static string SharedPath(string name)
    {
        var path = Path.Combine(Fixtures.Shared, "reference", "root", name);
        Assert.SkipUnless(File.Exists(FilePlace.Of(path).Path), "the files that ROOT wrote are not there");
        return path;
    }

    private static string PathOf(string name) => Fixtures.PathOf($"root/{name}");
}
