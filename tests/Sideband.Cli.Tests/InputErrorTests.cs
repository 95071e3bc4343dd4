namespace Sideband.Cli.Tests;

/// <summary>Event files that cannot be used: exit code 3 and one line that names file, column or window.</summary>
public sealed class InputErrorTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file() =>
        Refuse(toys.SearchWith("--data", _folder.PathOf("none.h5"))).ShouldBe($"{_folder.PathOf("none.h5")}: no such file");

    [Fact]
    public void Text_that_is_called_hdf5() => Refuse(toys.SearchWith("--data", _folder.Write("text.h5", "m,x,y", "1,2,3")))
        .ShouldBe("text.h5: not an HDF5 file (its first bytes are not HDF5's signature)");

    [Fact]
    public void A_truncated_hdf5_file()
    {
        var bytes = File.ReadAllBytes(Repository.PathOf("tests/Reference/events/fixed_f4_zlib.h5"));
        File.WriteAllBytes(_folder.PathOf("cut.h5"), bytes[..(bytes.Length / 2)]);
        Refuse(toys.SearchWith("--data", _folder.PathOf("cut.h5"))).ShouldStartWith("cut.h5: the HDF5 file is cut short or damaged: ");
    }

    [Fact]
    public void A_missing_column_names_the_nearest() => Refuse(toys.SearchWith("--features", "x,yy"))
        .ShouldBe("data.csv: no column 'yy'; did you mean 'y'? (there are: m, x, y)");

    [Fact]
    public void A_column_of_strings() => Refuse(toys.SearchWith("--data", _folder.Write("a.csv", "m,x,y", "5,1,red", "5,1,blue")))
        .ShouldBe("a.csv: column 'y' holds text ('red' in row 0, line 2), not numbers");

    [Fact]
    public void All_events_dropped() => Refuse(toys.SearchWith("--data", _folder.Write("a.csv", "m,x,y", "5,nan,1", "5,1,inf")))
        .ShouldBe($"{_folder.PathOf("a.csv")}: no event is left of 2: x is NaN (1), y is infinite (1)");

    [Fact]
    public void Rows_beyond_the_file() => Cli.Refuse(2, toys.SearchWith("--data", toys.Data + "[0:5000]", "--out", _folder.PathOf("run")))
        .ShouldBe($"'{toys.Data}[0:5000]': the row range goes beyond the file, which has 4000 rows");

    [Theory]
    [InlineData("--method", "cwola")]
    [InlineData("--method", "ideal", "--ideal-background")]
    public void A_window_that_reaches_beyond_the_mass_range(params string[] method)
    {
        string[] search = Toys.SearchOf(toys.Data, "--systematics", "none", "--mass-range", "3.9:7", "--out", _folder.PathOf("run"));
        Cli.Refuse(2, [.. search, .. method, .. method.Length == 2 ? [] : (string[])[toys.MonteCarlo]]).ShouldBe(
            "mass_range: window 1 [3.5, 4.5) of data reaches beyond 3.9:7 and would be searched in part; "
            + "give a wider range, or windows within it");
    }

    [Fact]
    public void A_mass_range_without_events() => Refuse(toys.Search("--mass-range", "8:9"))
        .ShouldBe($"mass_range: no event of {toys.Data} has m in [8, 9)");

    [Fact]
    public void A_window_outside_the_data() => Refuse(toys.SearchWith("--windows", "9:11:1:1"))
        .ShouldStartWith("windows: window 1 [8.5, 9.5) of data lies outside the data; m runs from 3.00");

    [Fact]
    public void An_empty_window()
    {
        string[] lines = [.. Toys.Lines(5, 4000, 0, label: false).Where(line => !line.StartsWith("5.", StringComparison.Ordinal))];
        Refuse(Toys.Changed(toys.SearchWith("--data", _folder.Write("hole.csv", lines)), "--windows", "5.2:5.8,3.5:4.5,6:6.5"))
            .ShouldStartWith("windows: window 1 [5.2, 5.8) of data holds no events; m runs from 3.0");
    }

    [Fact]
    public void Sidebands_beyond_the_data() =>
        Refuse(Toys.Changed(Toys.SearchOf(toys.Data, "--systematics", "none", "--mass-range", "4:6"), "--windows", "4:6"))
            .ShouldBe("windows: window 1 [4, 6) of data has no events in either sideband; one side alone says nothing about the middle: "
                + "give other windows, or a wider mass_range or sideband");

    [Fact]
    public void One_empty_sideband() =>
        Refuse(Toys.Changed(Toys.SearchOf(toys.Data, "--systematics", "none", "--mass-range", "3.5:7"), "--windows", "3.5:4.5"))
            .ShouldBe("windows: window 1 [3.5, 4.5) of data has no events in its lower sideband [3, 3.5); "
                + "one side alone says nothing about the middle: give other windows, or a wider mass_range or sideband");

    [Fact]
    public void Too_few_events_for_the_folds() => Refuse(Toys.Changed(toys.SearchWith("--data", toys.Data + "[0:500]"), "--folds", "5"))
        .ShouldMatch(
            @"^windows: window 1 \[3\.5, 4\.5\) of data has 1\d\d events in the signal region, "
            + "too few for 5 folds; at least 250 are needed$");

    [Fact]
    public void A_label_that_is_neither_0_nor_1() => Refuse(toys.SearchWith("--data", _folder.Write("a.csv", "m,x,y,label", "5,1,1,2")))
        .ShouldBe("a.csv: column 'label', row 0: 2 (allowed: 0 background, 1 signal, -1 unknown)");

    private string Refuse(string[] arguments)
    {
        var error = Cli.Refuse(3, [.. arguments, "--out", _folder.PathOf("run")]);
        Directory.Exists(_folder.PathOf("run")).ShouldBeFalse("a refused search must not leave its settings in the run directory");
        return error;
    }
}
