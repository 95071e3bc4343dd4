using Sideband.Events;
using Sideband.Search.Engines;
using Sideband.Search.Experiments;
using Sideband.Search.Fits;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Runs;

namespace Sideband.Search.Tests.Fits;

/// <summary>Fits ranked among those of experiments without signal that kept their spectra.</summary>
public sealed class FitCalibrationTests : IDisposable
{
    private const int Permutations = 19;
    private static readonly EventTable Data = Toy.Background("fitted", 12000).Concat(Toy.Signal("bump", 150)).Canonical();
    private static readonly FitOptions Options = new() { SqrtS = 13, Range = new MassInterval(3, 7), Toys = 0 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_bump_is_beyond_all_experiments_and_other_windows_among_them()
    {
        var (run, _) = Calibrated(spectra: true);
        var fits = run.Fit(Options with { Masses = [4.9] }, _ => { }, CancellationToken.None).Results;
        fits.Where(fit => fit.Scan || fit.EpsilonB is null).ShouldAllBe(fit => fit.PLocalCalibrated == null && fit.PGlobal == null);
        var ranked = fits.Where(fit => !fit.Scan && fit.EpsilonB is not null).ToArray();
        ranked.Length.ShouldBe(6);
        ranked.ShouldAllBe(fit => fit.PLocalCalibrated!.Experiments == Permutations
            && fit.PLocalCalibrated.Kind == CalibrationRequest.OverAllWindows
            && fit.PGlobal!.Value >= fit.PLocalCalibrated.Value);

        // A tenth of the spectrum keeps much of the bump that it has without a cut, in experiments, too.
        var bump = ranked.Single(fit => fit is { Number: 2, EpsilonB: 0.1 });
        (bump.PLocalCalibrated!.Value, bump.PLocalCalibrated.Bound).ShouldBe((1.0 / (Permutations + 1), true));
        bump.PLocalCalibrated.Extrapolated!.Value.ShouldBeLessThan(0.05);
        ranked.Count(fit => fit.Number != 2 && fit.PLocalCalibrated!.Exceedances > 0).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void Counts_have_the_same_bits_with_spectra_and_without()
    {
        var (with, without) = (Calibrated(spectra: true), Calibrated(spectra: false));
        Cells(with.Run).ShouldBe(Cells(without.Run));
        without.Run.Fit(Options, _ => { }, CancellationToken.None).Results.ShouldAllBe(fit => fit.PLocalCalibrated == null);
        with.Keys.Intersect(without.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        double?[] Values(SearchRun run) =>
            [.. run.Fit(Options, _ => { }, CancellationToken.None).Results.Select(fit => fit.PLocalCalibrated?.Extrapolated?.Value)];
        Values(Calibrated(spectra: true, threads: 4).Run).ShouldBe(Values(Calibrated(spectra: true).Run));
    }

    [Fact]
    public void After_an_early_stop_experiments_beyond_it_calibrate_no_fit()
    {
        var (run, _) = Calibrated(spectra: true, stopAfter: 2);
        var looked = run.Collect(new Toy.NoFiles([]), "test", DateTimeOffset.UnixEpoch).Calibrations[0];
        looked.PGlobal!.P.StoppedEarly.ShouldBeTrue();
        looked.Experiments.ShouldBeLessThan(Permutations);
        run.Fit(Options, _ => { }, CancellationToken.None).Results.Where(fit => fit.EpsilonB is not null)
            .ShouldAllBe(fit => fit.PLocalCalibrated!.Experiments == looked.Experiments);
    }

    [Theory]
    [InlineData("cwola", CalibrationRequest.WithinWindows, "--over all")]
    [InlineData("cwola", CalibrationRequest.HalfSplit, "--over all")]
    [InlineData("anode", CalibrationRequest.FromSimulator, "no score outside of its window")]
    public void Where_there_is_no_spectrum_it_is_refused(string method, string kind, string words) =>
        Should.Throw<ConfigurationException>(() =>
                new CalibrationRequest(kind, 19) { Spectra = true }.Check(Toy.Settings(("method", method)).Method))
            .Message.ShouldContain(words);

    [Fact]
    public void Experiments_that_are_added_keep_spectra_as_those_before_did()
    {
        var request = new CalibrationRequest(CalibrationRequest.OverAllWindows, 19);
        var asked = RequestedExperiments.None.With(request with { Spectra = true }).With(request with { Experiments = 25 });
        (asked.Calibrations.Single().Experiments, asked.Calibrations.Single().Spectra).ShouldBe((25, true));
    }

    private (SearchRun Run, IReadOnlyList<string> Keys) Calibrated(bool spectra, int threads = 1, int? stopAfter = null)
    {
        var settings = Toy.Settings(("members", "1"), ("systematics", "none"), ("threads", FormattableString.Invariant($"{threads}")));
        var plan = Planner.Make(settings, Toy.Inputs(stopAfter is null ? Data : Toy.Background("fitted", 12000)));
        var directory = RunDirectory.Create(_folder.PathOf(FormattableString.Invariant($"run {spectra} {threads}")), settings);
        var run = new SearchRun(plan, directory);
        run.Work(new LocalEngine(2), plan.Units, _ => { }, CancellationToken.None);
        var request = new CalibrationRequest(CalibrationRequest.OverAllWindows, Permutations, stopAfter) { Spectra = spectra };
        ExperimentsFile.Write(directory, RequestedExperiments.None.With(request));
        var units = run.Requests.UnitsOf(request).Parts.SelectMany(part => part).ToArray();
        run.Work(new LocalEngine(2), units, _ => { }, CancellationToken.None);
        return (run, [.. units.Select(unit => unit.Key)]);
    }

    // S, its rank and kappa, which is made of every experiment's counts.
    private static (double?, CalibratedPValueResult?, KappaResult?)[] Cells(SearchRun run) =>
    [
        .. run.Collect(new Toy.NoFiles([]), "test", DateTimeOffset.UnixEpoch).Windows.SelectMany(window => window.WorkingPoints)
            .Select(point => (point.Significance.Mean, point.PLocalCalibrated, point.Kappa)),
    ];
}
