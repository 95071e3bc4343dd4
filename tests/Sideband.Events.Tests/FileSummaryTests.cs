namespace Sideband.Events.Tests;

public sealed class FileSummaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_dijet_file_shows_columns_derived_features_and_the_mass_spectrum()
    {
        var summary = FileSummary.Of(Fixtures.PathOf("fixed_blocks.h5"));
        summary.Format.ShouldBe("pandas HDF5, fixed layout");
        summary.RowCount.ShouldBe(60);
        summary.Columns.Select(column => column.Name).Take(5).ShouldBe(["pxj1", "pyj1", "pzj1", "mj1", "tau1j1"]);
        summary.Columns.Single(column => column.Name == "name").ShouldBe(
            new ColumnSummary("name", "text or Python objects", null, null, null, 0, 0, null));
        summary.Columns.Single(column => column.Name == "label").Type.ShouldBe("int64");
        summary.Background.ShouldBe(Fixtures.ExpectedColumn("label").Count(label => label == 0));
        summary.Signal.ShouldBe(Fixtures.ExpectedColumn("label").Count(label => label == 1));
        summary.FeatureSets.ShouldBe(["baseline", "baseline+delta_r", "shifted"]);
        summary.Derived.Select(feature => feature.Name).ShouldContain("tau43_j2");

        // The spectrum holds every event between the extreme masses.
        var masses = Fixtures.Derived("mjj");
        summary.Spectrum!.Counts.Sum().ShouldBe(60);
        summary.Spectrum.Low.ShouldBe(masses.Min(), 1e-12);
        summary.Spectrum.High.ShouldBe(masses.Max(), 1e-12);

        // Correlations and means are sums of 60 terms in double precision.
        foreach (var name in Fixtures.AllFeatures)
        {
            var feature = summary.Derived.Single(derived => derived.Name == name);
            feature.MassCorrelation!.Value.ShouldBe(Fixtures.ExpectedNumber("correlation_with_mjj", name), 1e-12);
            feature.Mean!.Value.ShouldBe(Fixtures.Derived(name).Average(), 1e-12);
        }

        var mean = Fixtures.ExpectedNumber("means", "pzj1");
        summary.Columns.Single(column => column.Name == "pzj1").Mean!.Value.ShouldBe(mean, 1e-10 * Math.Abs(mean));
    }

    [Fact]
    public void What_lies_beside_the_table_is_listed_apart()
    {
        var summary = FileSummary.Of(Fixtures.PathOf("unequal.npz"));
        summary.Columns.Select(column => column.Name).ShouldBe(["mjj"]);
        summary.Apart.ShouldBe([new ColumnSummary("x", "float64, 4 rows where the table has 5", null, null, null, 0, 0, null)]);
        summary.RowCount.ShouldBe(5);
    }

    [Fact]
    public void Columns_that_are_no_features_have_a_remark()
    {
        var path = _folder.Write("a.csv", "m,x,y,z", "1,3,nan,1000000000.1", "2,3,nan,1000000000.4", "3,3,nan,1000000001.3");
        FileSummary.Of(path, "m").Columns.Select(column => column.Remark).ShouldBe(
        [
            null,
            "one value in all rows",
            "no value is a number",
            "66.7 % of its values differ and are one number in single precision (a spread of 1.2 at 1E+09): "
                + "subtract an offset from the column",
        ]);
    }

    [Fact]
    public void Rows_of_a_file_are_summarised_alone()
    {
        var path = _folder.Write("a.csv", "m,x", "1,2", "3,4", "5,7", "8,9");
        var summary = FileSummary.Of(EventFileSpec.Parse(path + "[1:3]"), "m");
        (summary.FileName, summary.RowCount).ShouldBe(("a.csv[1:3]", 2));
        summary.Columns[1].ShouldBe(new ColumnSummary("x", "number", 4, 7, 5.5, 0, 0, 1));
        Should.Throw<ConfigurationException>(() => FileSummary.Of(EventFileSpec.Parse(path + "[1:5]")))
            .Message.ShouldEndWith("the row range goes beyond the file, which has 4 rows");
    }

    [Fact]
    public void Any_table_is_summarised_with_its_bad_values()
    {
        var path = _folder.Write("a.csv", "m,x,colour", "1,2,red", "2,nan,red", "3,inf,red", "4,8,blue");
        var plain = FileSummary.Of(path);
        plain.Spectrum.ShouldBeNull();
        plain.Derived.ShouldBeEmpty();
        plain.Background.ShouldBeNull();
        var summary = FileSummary.Of(path, "m");
        summary.Columns[1].ShouldBe(new ColumnSummary("x", "number", 2, 8, 5, 1, 1, 1));
        summary.Columns[2].Type.ShouldBe("text ('red' in row 0, line 2)");
        summary.Spectrum!.Counts.Sum().ShouldBe(4);
        Should.Throw<InputDataException>(() => FileSummary.Of(path, "mass")).Message.ShouldContain("no column 'mass'");
    }
}
