namespace Sideband.Events.Tests.Readers;

public class FormatTests
{
    /// <summary>
    /// All files hold the same events. Features are stored in single precision, half a unit in the last place being 6e-8 relative;
    /// the mass is compared in double precision, where E^2 - p^2 loses about three digits of sixteen.
    /// </summary>
    [Theory]
    [InlineData("fixed_f4.h5")]
    [InlineData("fixed_f4_zlib.h5")]
    [InlineData("fixed_f4_blosc.h5")]
    [InlineData("fixed_f8.h5")]
    [InlineData("fixed_no_label.h5")]
    [InlineData("fixed_blocks.h5")]
    [InlineData("table_f4.h5")]
    [InlineData("table_f8_zlib.h5")]
    [InlineData("table_data_columns.h5")]
    [InlineData("table_all_data_columns_blosc.h5")]
    [InlineData("vectors.h5")]
    [InlineData("records.h5")]
    [InlineData("records.npy")]
    [InlineData("columns.npz")]
    [InlineData("named_matrix.npz")]
    public void Every_layout_gives_numpys_features(string name) => ShouldHoldTheSample(name, 1e-13, 6e-8);

    /// <summary>
    /// pandas writes the shortest text that gives the single-precision number back, which as a double is another number by up to 6e-8
    /// relative; the difference of two masses, and 1 - cos in the dijet mass, make that tens of times larger.
    /// </summary>
    [Fact]
    public void Csv_gives_numpys_features() => ShouldHoldTheSample("events.csv", 1e-6, 1e-5);

    [Fact]
    public void A_range_of_rows_keeps_the_rows_numbers_in_the_file()
    {
        string[] names =
        [
            "fixed_f4_zlib.h5",
            "table_data_columns.h5",
            "events.csv",
            "records.npy",
            "columns.npz",
            "named_matrix.npz",
        ];
        foreach (var name in names)
        {
            var whole = Load(name, ["tau21_j1"]).Events;
            var part = Load(name + "[17:40]", ["tau21_j1"]);
            part.Events.Rows.ToArray().ShouldBe(Enumerable.Range(17, 23), name);
            part.Events.Mass.ToArray().ShouldBe(whole.Mass[17..40].ToArray(), name);
            part.Events.Feature(0).ToArray().ShouldBe(whole.Feature(0)[17..40].ToArray(), name);
            (part.Account.RowsInFile, part.Account.Read, part.Account.Start, part.Account.End).ShouldBe((60, 23, 17, 40));
        }
    }

    [Fact]
    public void Any_column_serves_as_mass_or_feature_whatever_its_type()
    {
        var events = Load("fixed_blocks.h5", ["is_test", "tau4j1", "tau43_j2"], mass: "pxj2").Events;
        var table = Load("table_data_columns.h5", ["is_test", "tau4j1", "tau43_j2"], mass: "pxj2").Events;
        events.Mass.ToArray().ShouldBe(table.Mass.ToArray());
        events.Feature(0).ToArray().Distinct().Order().ShouldBe([0f, 1f]);
        for (var f = 0; f < 3; f++)
        {
            events.Feature(f).ToArray().ShouldBe(table.Feature(f).ToArray());
        }

        // tau4 was made as half of tau3; row 3 has 0/0.
        events.Feature(2).ToArray().Where((_, row) => row != 3).ShouldAllBe(ratio => ratio == 0.5f);
        events.Feature(2)[3].ShouldBe(0);
    }

    [Fact]
    public void A_matrix_without_names_has_columns_c0_c1_in_either_memory_order()
    {
        var c = Load("matrix.npy", ["c1", "c3"], mass: "c0").Events;
        var fortran = Load("matrix_fortran.npy", ["c1", "c3"], mass: "c0").Events;
        c.Mass.ToArray().ShouldBe(Fixtures.ExpectedColumn("pxj1"));
        fortran.Mass.ToArray().ShouldBe(c.Mass.ToArray());
        fortran.Feature(1).ToArray().ShouldBe(c.Feature(1).ToArray());
    }

    [Fact]
    public void Numbers_of_numpy_may_have_the_most_significant_byte_first()
    {
        var events = Load("big_endian.npy", ["c1"], mass: "c0").Events;
        events.Mass.ToArray().ShouldBe([0, 2, 4]);
        events.Feature(0).ToArray().ShouldBe([1f, 3, 5]);
    }

    [Fact]
    public void A_source_is_the_files_name_and_hash()
    {
        var loaded = Load("events.csv", ["mj1"]);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Fixtures.PathOf("events.csv"))));
        loaded.Events.Sources.ShouldBe([new EventSource("events.csv", hash)]);
        loaded.Account.Sha256.ShouldBe(hash);
    }

    private static void ShouldHoldTheSample(string name, double massTolerance, double tolerance)
    {
        var loaded = Load(name, Fixtures.AllFeatures);
        var events = loaded.Events;
        ShouldAgree(events.Mass.ToArray(), Fixtures.Derived("mjj"), massTolerance, $"{name} mjj");
        for (var f = 0; f < Fixtures.AllFeatures.Length; f++)
        {
            var values = events.Feature(f).ToArray().Select(value => (double)value).ToArray();
            ShouldAgree(values, Fixtures.Derived(Fixtures.AllFeatures[f]), tolerance, $"{name} {Fixtures.AllFeatures[f]}");
        }

        events.HasLabels.ShouldBe(name != "fixed_no_label.h5");
        if (events.HasLabels)
        {
            events.Labels.ToArray().Select(label => (double)label).ShouldBe(Fixtures.ExpectedColumn("label"));
        }

        loaded.Account.Used.ShouldBe(60);
        loaded.Account.Dropped.ShouldBeEmpty();
    }

    private static void ShouldAgree(double[] values, double[] expected, double tolerance, string what)
    {
        values.Length.ShouldBe(expected.Length);
        for (var i = 0; i < values.Length; i++)
        {
            values[i].ShouldBe(expected[i], (tolerance * Math.Abs(expected[i])) + 1e-300, $"{what}, row {i}");
        }
    }

    private static LoadedEvents Load(string spec, IReadOnlyList<string> features, string mass = "mjj") =>
        EventReader.Load(EventFileSpec.Parse(Fixtures.PathOf(spec)), new ColumnRequest(mass, features));
}
