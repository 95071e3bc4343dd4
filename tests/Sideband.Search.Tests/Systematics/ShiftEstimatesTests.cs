using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Runs;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;
using Sideband.Templates;

namespace Sideband.Search.Tests.Systematics;

/// <summary>Which estimate of delta_sys a search takes and shows, and which it refuses, with what to give instead.</summary>
public sealed class ShiftEstimatesTests
{
    private static readonly EventTable Data = Toy.Background("estimates", 3000);

    [Theory]
    [InlineData("method", "mc+sideband", "mc+sideband")]
    [InlineData("method", "zero", "zero")]
    [InlineData("labels", "mc", "labels")]
    [InlineData("none", "mc", "none")]
    [InlineData("sideband", "mc", "sideband")]
    [InlineData("0.1,-0.2", "mc", "fixed")]
    public void What_is_asked_for_goes_before_what_the_method_needs(string text, string ofMethod, string used) =>
        ShiftEstimates.Used(SystematicsChoice.Parse(text), ofMethod).Name.ShouldBe(used);

    [Theory]
    [InlineData("none", "spread", ScanResult.StatisticalOnly)]
    [InlineData("none", "0,0", ScanResult.StatisticalOnly)]
    [InlineData("none", "0.3,0", ScanResult.WithSystematics)]
    [InlineData("0.1,-0.2", "paper", ScanResult.WithSystematics)]
    [InlineData("sideband", "0,0", ScanResult.WithSystematics)]
    public void Errors_are_called_statistical_only_where_they_are(string systematics, string sigma, string expected) =>
        SearchRun.KindOf(ShiftEstimates.Used(SystematicsChoice.Parse(systematics), "mc"), SigmaSystematicChoice.Parse(sigma))
            .ShouldBe(expected);

    [Fact]
    public void Every_method_needs_an_estimate_that_there_is()
    {
        foreach (var method in TemplateMethods.All)
        {
            ShiftEstimates.Used(SystematicsChoice.Default, method.Traits.DefaultSystematics)
                .Name.ShouldBe(method.Traits.DefaultSystematics);
        }
    }

    [Theory]
    [InlineData("mc", false, "mc")]
    [InlineData("mc", true, "mc labels")]
    [InlineData("sideband", true, "sideband labels")]
    [InlineData("mc+sideband", true, "mc sideband mc+sideband labels")]
    [InlineData("strips", false, "strips")]
    [InlineData("mc+strips", true, "mc strips mc+strips labels")]
    [InlineData("strips,halves", true, "strips halves strips,halves labels")]
    [InlineData("none", false, "")]
    [InlineData("zero", true, "labels")]
    [InlineData("labels", true, "labels")]
    public void Results_show_the_parts_and_the_truth(string used, bool labels, string shown) =>
        string.Join(' ', ShiftEstimates.Shown(Named(used), labels).Select(estimate => estimate.Name)).ShouldBe(shown);

    [Fact]
    public void Names_that_can_be_asked_for()
    {
        ShiftEstimates.Names.ShouldBe(
            ["mc", "sideband", "mc+sideband", "strips", "mc+strips", "halves", "strips,halves", "labels", "none"]);
        foreach (var name in ShiftEstimates.Names)
        {
            SystematicsChoice.Parse(name).ToString().ShouldBe(name);
        }

        SystematicsChoice.Parse("0.1,-0.25").ToString().ShouldBe("0.1,-0.25");
        Should.Throw<ConfigurationException>(() => SystematicsChoice.Parse("-1"))
            .Message.ShouldStartWith("systematics: '-1' is not allowed; allowed: mc, ");
    }

    [Fact]
    public void Strips_that_a_resonance_stands_in_are_no_shift_of_the_background()
    {
        // A bump at 5 in the strips around it; delta_sys is the shift of 2 % elsewhere.
        (MassWindow Window, WindowCount[][] Counts) Strip(double low, int observed) =>
            (new MassWindow(1, new MassInterval(low, low + 1)), [[Count(observed)]]);

        var counts = new EstimateCounts(
            [0.1],
            sample => sample == ChainSample.StripBelow
                ? [Strip(1, 102), Strip(2, 102), Strip(4.5, 300)]
                : [Strip(4, 140), Strip(5, 190), Strip(7, 102)],
            null);
        var shift = new StripsEstimate().Of(counts).Shifts.Single();
        shift.Windows.Select(window => window.Window.Low).ShouldBe([1.0, 2, 7]);
        shift.Mean.Value!.Value.ShouldBe(0.02, 1e-12);

        // Of three strips too few would be left: all are used.
        var few = counts with { Of = sample => sample == ChainSample.StripBelow ? [Strip(1, 300), Strip(2, 102)] : [Strip(4, 102)] };
        new StripsEstimate().Of(few).Shifts.Single().Windows.Count.ShouldBe(3);
    }

    [Fact]
    public void Only_estimates_from_several_windows_have_a_spread()
    {
        string[] names = ["mc", "sideband", "mc+sideband", "labels", "none", "zero"];
        names.Where(name => Named(name).HasSpread).ShouldBe(["mc", "sideband", "mc+sideband", "labels"]);
        ShiftEstimates.Used(SystematicsChoice.Parse("0.1"), "mc").HasSpread.ShouldBeFalse();
    }

    [Fact]
    public void Given_numbers_are_taken_as_they_are()
    {
        var counts = new EstimateCounts([0.1, 0.01, 0.001], _ => throw new InvalidOperationException("nothing is counted"), null);
        ShiftEstimates.Used(SystematicsChoice.Parse("0.1,-0.2"), "mc").Of(counts).Shifts.Select(shift => shift.Mean.Value)
            .ShouldBe([0.1, -0.2, 0], "efficiencies behind the working points are not shifted");
        ShiftEstimates.Used(SystematicsChoice.Default, "zero").Of(counts).Shifts.ShouldAllBe(shift => shift.Mean.Value == 0);
    }

    [Fact]
    public void Two_estimates_add_in_quadrature_window_by_window_of_each()
    {
        // 120 and 130 observed where 100 are expected: shifts of 0.2 and 0.3.
        var counts = new EstimateCounts(
            [0.01], sample => [(new MassWindow(1, new MassInterval(1, 2)), [[Count(sample == ChainSample.Sideband ? 130 : 120)]])], null);
        ShiftEstimates.Used(SystematicsChoice.Parse("mc+sideband"), "zero").Of(counts).Shifts.Single().Mean.Value!.Value
            .ShouldBe(Math.Sqrt(0.04 + 0.09), 1e-12);
        var window = ShiftEstimates.Used(SystematicsChoice.Parse("mc"), "zero").Of(counts).Results([0.01]).Single().PerWindow.Single();
        (window.Number, window.Low, window.High).ShouldBe((1, 1.0, 2.0));
        window.Mean!.Value.ShouldBe(0.2, 1e-12);
    }

    [Theory]
    [InlineData(
        "cwola",
        "sideband",
        "systematics: 'sideband' needs a method that can make a template in the sidebands; "
        + "with method 'cwola' allowed: mc, labels, none, or one number per working point")]
    [InlineData(
        "ideal",
        "sideband",
        "systematics: 'sideband' needs a method that can make a template in the sidebands; "
        + "with method 'ideal' allowed: labels, none, or one number per working point")]
    [InlineData(
        "ideal",
        "mc",
        "systematics: 'mc' needs a method whose template is made of the searched sample; "
        + "with method 'ideal' allowed: labels, none, or one number per working point")]
    [InlineData(
        "cwola",
        "mc+sideband",
        "systematics: 'mc+sideband' needs a method that can make a template in the sidebands; "
        + "with method 'cwola' allowed: mc, labels, none, or one number per working point")]
    [InlineData(
        "cwola",
        "method",
        "mc: method 'cwola' estimates delta_sys by Monte Carlo; "
        + "give --mc FILE, or --systematics with labels, none, or one number per working point")]
    [InlineData(
        "cathode",
        "mc",
        "mc: method 'cathode' estimates delta_sys by Monte Carlo; "
        + "give --mc FILE, or --systematics with labels, none, or one number per working point")]
    [InlineData(
        "cathode",
        "method",
        "mc: method 'cathode' estimates delta_sys by Monte Carlo and in the sidebands; "
        + "give --mc FILE, or --systematics with sideband, labels, none, or one number per working point")]
    public void An_estimate_that_cannot_be_made_is_refused(string method, string systematics, string message) =>
        Refused(("method", method), ("systematics", systematics)).ShouldBe(message);

    [Fact]
    public void Labels_are_refused_in_a_blind_search() => Refused(("systematics", "labels"), ("blind", "true")).ShouldBe(
        "systematics: 'labels' scores the data in the signal region, which a blind search does not; "
        + "allowed with --blind: mc, none, or one number per working point");

    [Fact]
    public void Labels_are_refused_where_there_are_none()
    {
        var settings = Toy.Settings(("systematics", "labels"));
        Should.Throw<ConfigurationException>(() => Planner.Make(settings, Toy.Inputs(Data.WithoutLabels())))
            .Message.ShouldBe(
                "systematics: 'labels' needs data with a label column; allowed without: mc, none, or one number per working point");
    }

    [Fact]
    public void A_sideband_estimate_needs_no_file() =>
        Planner.Make(Toy.Settings(("method", "cathode"), ("systematics", "sideband")), Toy.Inputs(Data))
            .Estimate.ShouldBe(ChainEstimate.Sideband);

    private static ShiftEstimate Named(string name) => ShiftEstimates.Used(new SystematicsChoice(name, []), "zero");

    private static string Refused(params (string, string)[] entries)
    {
        var inputs = Toy.Inputs(Data, ideal: Toy.Background("estimates ideal", 3000));
        var error = Should.Throw<ConfigurationException>(() => Planner.Make(Toy.Settings(entries), inputs));
        error.ExitCode.ShouldBe(2);
        return error.Message;
    }

    private static WindowCount Count(long observed) => WindowCount.Of(
        0.01,
        [
            new FoldCount(
                EventCount.Unweighted(10_000),
                EventCount.Unweighted(observed),
                EventCount.Unweighted(10_000),
                EventCount.Unweighted(100)),
        ],
        10_000);
}
