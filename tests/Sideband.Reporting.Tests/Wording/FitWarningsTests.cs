using Sideband.Reporting.Wording;
using Sideband.Search.Results;

namespace Sideband.Reporting.Tests.Wording;

/// <summary>What is said beside fits.</summary>
public class FitWarningsTests
{
    private const string Failed = "run 1, fold 1: no event above the threshold";
    private const string Unchecked = "whether the score sculpts the mass spectrum was not checked";

    private static readonly SculptingResult Checked = new("labels", 5000, 100, 1, 0.9, 1.1, 1.3, false, null);

    [Fact]
    public void A_cut_that_was_not_checked_for_sculpting_is_named_where_others_were()
    {
        var some = Cuts((1, 0.01, Checked), (2, 0.01, NotChecked(Failed)), (1, 0.001, NotChecked("few")), (2, 0.001, NotChecked(Failed)));
        FitWarnings.Of(some).ShouldBe(
        [
            $"{Unchecked} at ε_B = 0.01 in window 2; ε_B = 0.001 in window 2: {Failed}",
            $"{Unchecked} at ε_B = 0.001 in window 1: few",
        ]);
        var none = Cuts((1, 0.01, NotChecked("no background")), (2, 0.01, NotChecked("no background")));
        FitWarnings.Of(none).ShouldBe([$"{Unchecked}: no background"]);
    }

    [Theory]
    [InlineData("permutation_over_all_windows", 19, true, 19)]
    [InlineData("pseudo_experiments_mc", 19, true, 0)]
    [InlineData("permutation_over_all_windows", 25, true, null)]
    [InlineData("permutation_over_all_windows", 19, false, null)]
    public void Fits_that_were_made_before_the_last_experiments_are_said_to_be(string kind, int entered, bool spectra, int? behind)
    {
        var expected = behind is { } number
            ? $"fits are calibrated by {number} of 25 experiments that kept spectra: repeat 'sideband fit'"
            : null;
        var p = new CalibratedPValueResult(0.2, kind, entered, 3, 0, false, false, false, null, null);
        var result = Cuts((1, 0.01, Checked));
        result = result with
        {
            Fits = [result.Fits[0] with { PLocalCalibrated = p }],
            Calibrations = [new CalibrationResult("permutation_over_all_windows", 25, 25, null, null, null) { Spectra = spectra }],
        };
        FitWarnings.Calibration(result).ShouldBe(expected);
        FitWarnings.Of(result).ShouldBe(expected is null ? [] : [expected]);
        FitWarnings.Calibration(result with { Fits = [result.Fits[0] with { Score = "reference" }] }).ShouldBeNull();
    }

    [Theory]
    [InlineData(0.3, 61, null)]
    [InlineData(0.3, 20, "1.5")]
    [InlineData(-0.3, 20, "2.8")]
    public void How_much_of_a_fit_the_template_alone_may_make_is_said(double shift, double error, string? errors)
    {
        // |delta_sys| eps_B N_SR = 0.3 * 130/1.3 = 30 events; and 0.3 * 130/0.7.
        var result = Cuts((1, 0.01, Checked));
        var window = result.Windows[0];
        result = result with
        {
            Windows =
            [
                window with
                {
                    Number = 1,
                    WorkingPoints = [window.WorkingPoints[0] with { DeltaSys = shift, NExp = new RunValues(130, null, [130], null) }],
                },
            ],
            Fits = [result.Fits[0] with { SignalError = new RunValues(error, null, [error], null) }],
        };
        FitWarnings.Of(result).ShouldBe(errors is null ? [] : [
            $"delta_sys of the search is up to {errors} errors on S, which the significance of the count has in it and Z of the fit "
                + "has not: ε_B = 0.01 in window 1",
        ]);
    }

    [Fact]
    public void That_no_delta_sys_was_estimated_is_said() =>
        FitWarnings.Of(Cuts((1, 0.01, Checked)) with { DeltaSysEstimate = "none" }).ShouldBe(
        [
            "delta_sys was not estimated (systematics none): how much of Z after a cut the template's error makes is not known",
        ]);

    private static ScanResult Cuts(params (int Number, double EpsilonB, SculptingResult Sculpting)[] fits)
    {
        var typical = ScanResults.Typical();
        return typical with
        {
            Fits =
            [
                .. fits.Select(fit => ScanResults.Fit(typical.Windows[0], 3, 7) with
                {
                    Number = fit.Number, EpsilonB = fit.EpsilonB, Sculpting = fit.Sculpting, Reason = null,
                }),
            ],
        };
    }

    private static SculptingResult NotChecked(string reason) => new(null, 0, null, null, null, null, null, null, reason);
}
