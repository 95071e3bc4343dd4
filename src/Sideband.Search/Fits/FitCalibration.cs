using Sideband.Inference;
using Sideband.Inference.BumpHunt;
using Sideband.Inference.Calibration;
using Sideband.Inference.Counting;
using Sideband.Search.Collect;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Fits;

/// <summary>
/// Calibrated p-values of fits: the spectra of experiments without signal are fitted like the observed ones. Their fits make no bias test,
/// so that what is counted as an error of the observed S makes no Z of theirs smaller, and p is not too small for it.
/// </summary>
internal sealed class FitCalibration
{
    private const string OtherScores = "experiments select by the scores of events at their own mass";

    private readonly SearchPlan _plan;
    private readonly CalibrationRequest _request;
    private readonly Measured[][][] _significance;

    private FitCalibration(SearchPlan plan, CalibrationRequest request, Measured[][][] significance) =>
        (_plan, _request, _significance) = (plan, request, significance);

    /// <param name="plan">The search.</param>
    /// <param name="store">Holds the experiments' finished units.</param>
    /// <param name="requested">What was asked for beside the search; the last calibration that keeps spectra is taken.</param>
    /// <param name="hunt">Fits the masses that pass at a working point in a window.</param>
    /// <param name="cancellation">Looked at before each experiment.</param>
    /// <returns>Null where no experiment that keeps spectra is finished.</returns>
    public static FitCalibration? Of(
        SearchPlan plan,
        UnitStore store,
        RequestedExperiments requested,
        Func<int, int, double[], EnhancedBumpHunt> hunt,
        CancellationToken cancellation)
    {
        if (requested.Calibrations.LastOrDefault(calibration => calibration.Spectra) is not { } request)
        {
            return null;
        }

        var experiments = new ExperimentPlan(plan, request.Planned(plan));
        var significance = new List<Measured[][]>();

        // After an early stop more may be there than were looked at.
        var used = request.StopAfter is null ? request.Experiments : CalibrationCollector.Of(
            plan, store, SearchCounts.Load(plan, store, plan.Settings.WorkingPoints), request).Result.Experiments;
        for (var e = 0; e < used; e++)
        {
            cancellation.ThrowIfCancellationRequested();
            WorkUnit[] units = [.. experiments.UnitsOf(e).Where(unit => unit.Stage is CountStage)];
            if (!units.All(store.Has))
            {
                break;
            }

            significance.Add(Fitted(ExperimentSpectra.Load(plan, store, units), hunt, plan.Settings.Threads));
        }

        return significance.Count == 0 ? null : new FitCalibration(plan, request, [.. significance]);
    }

    /// <summary>The results with the rank of each window's Z; those without a cut, or of a finer scan, have none.</summary>
    public IReadOnlyList<FitResult> Apply(IReadOnlyList<FitResult> results)
    {
        List<int> windows = [.. _plan.Windows.Searched.Select(window => window.Number)];
        List<double> points = [.. _plan.Settings.WorkingPoints];
        Measured[][] observed =
        [
            .. windows.Select(number => points.Select(epsilon => Observed(results.First(fit =>
                fit.Number == number && !fit.Scan && fit.EpsilonB == epsilon))).ToArray()),
        ];
        var kind = _request.PValueKind;
        var (local, global) = (LocalPValues.Of(observed, _significance, kind), GlobalPValue.PerCell(observed, _significance, kind));
        return
        [
            .. results.Select(fit =>
            {
                if (fit.Scan || fit.EpsilonB is not { } epsilon)
                {
                    return fit;
                }

                var (w, e) = (windows.IndexOf(fit.Number), points.IndexOf(epsilon));
                return fit with
                {
                    PLocalCalibrated = CalibratedCell.Result(local[w][e], _request.Kind),
                    PGlobal = CalibratedCell.Result(global[w][e], _request.Kind),
                };
            }),
        ];
    }

    private static Measured Observed(FitResult fit) => fit.Score != FitOptions.OwnMass ? Measured.Undefined(OtherScores)
        : fit.Flags.Contains(PointFlag.ClaimWithheld) ? Measured.Undefined(fit.Reason!)
        : fit.Significance.Mean is { } z ? Measured.Of(z)
        : Measured.Undefined(fit.Reason ?? "no significance");

    // Mean over runs, as the observed Z is.
    private static Measured[][] Fitted(SelectedRun[][][] spectra, Func<int, int, double[], EnhancedBumpHunt> hunt, int threads)
    {
        Measured[][] significance = [.. spectra.Select(window => new Measured[window.Length])];
        var cells = spectra.SelectMany((window, w) => window.Select((_, e) => (w, e))).ToArray();
        Parallel.ForEach(cells, new ParallelOptions { MaxDegreeOfParallelism = threads }, cell =>
            significance[cell.w][cell.e] = RunStatistics.Of(
            [
                .. spectra[cell.w][cell.e].Select(run => run.Failure is { } reason
                    ? Measured.Undefined(reason)
                    : Significance(hunt(cell.w, cell.e, run.Masses))),
            ]).Mean);
        return significance;
    }

    private static Measured Significance(EnhancedBumpHunt hunt) =>
        hunt.Signal is { } signal ? signal.Significance : Measured.Undefined(hunt.Failure ?? "no fit");
}
