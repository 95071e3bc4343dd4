using Sideband.Inference.Calibration;
using Sideband.Inference.Counting;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;

namespace Sideband.Search.Collect;

/// <summary>
/// Exact local p-values of a half-split both ways, in a run of its own, with the delta_sys that the same halves measure. For all windows
/// and working points together Bonferroni: the smallest times their number, those without a p included where claims may be made; beside
/// it S of the search.
/// </summary>
internal static class HalfSplitCollector
{
    public static CollectedCalibration Of(SearchPlan plan, UnitStore store, SearchCounts search, CalibrationRequest request)
    {
        CollectedCalibration Without(string reason) => new(
            new CalibrationResult(request.Kind, 0, 0, null, null, reason),
            [.. plan.Windows.Searched.Select(_ => plan.Settings.WorkingPoints.Select(_ => new CalibratedCell(null, null, null)).ToArray())],
            null);
        if (plan.Settings.Blind)
        {
            return Without(SearchCounts.BlindReason);
        }

        var halves = Planner.Halves(plan);
        if (!halves.Units.Where(unit => unit.Stage is FoldStage).All(store.Has))
        {
            return Without("the halves are not finished");
        }

        var counts = SearchCounts.Load(halves, store, plan.Settings.WorkingPoints);
        var repetition = halves.RepetitionOf(ChainSample.Data.Source);
        var claims = WindowClaims.Against(plan, store);
        CalibratedPValue[][] local =
        [
            .. halves.Windows.Searched.Zip(claims, (window, against) =>
            {
                if (against is not null)
                {
                    return [.. plan.Settings.WorkingPoints.Select(_ => HalfSplit.Failed(WindowClaims.Words(against)))];
                }

                var folds = WindowScores.Load(halves, store, ChainSample.Data, window).Runs[0].Folds;
                return plan.Settings.WorkingPoints
                    .Select((epsilon, e) => BothWays(folds, epsilon, repetition, ShiftOf(counts.Model, e))).ToArray();
            }),
        ];
        var trials = plan.Settings.WorkingPoints.Count * claims.Count(against => against is null);
        CalibratedPValueResult? Global(CalibratedPValue p) =>
            CalibratedCell.Result(p with { Value = p.Value.Select(value => Math.Min(1, trials * value)) }, request.Kind);
        return new CollectedCalibration(
            new CalibrationResult(request.Kind, 0, 0, null, Smallest(plan, search, local, Global), null),
            [.. local.Select(window => window.Select(p =>
                new CalibratedCell(CalibratedCell.Result(p, request.Kind), Global(p), null)).ToArray())],
            null);
    }

    private static CalibratedPValue BothWays(
        IReadOnlyList<FoldScores> folds,
        double epsilon,
        CountRepetition repetition,
        Func<HalfSplitCount, CalibratedPValue> shifted)
    {
        CalibratedPValue[] ways =
        [
            .. folds.Select(fold =>
            {
                var (failure, count) = (fold.Product.Failure, (HalfSplitCount?)null);
                if (failure is null)
                {
                    var template = new ScoreDistribution(fold.Product.TemplateScores, fold.Product.TemplateWeights);
                    count = HalfSplitCount.Of(
                        epsilon, template, fold.InRegion.Distribution(backgroundOnly: false), repetition, out failure);
                }

                return count is null ? HalfSplit.Failed(failure ?? "no counts") : shifted(count);
            }),
        ];
        return HalfSplit.BothWays(ways[0], ways[1]);
    }

    private static Func<HalfSplitCount, CalibratedPValue> ShiftOf(BackgroundModel model, int point)
    {
        var (shift, sigma) = (model.Shifts[point].Mean, model.Rules[point].Apply(model.Shifts[point]));
        return count => shift.Value is { } mean && sigma.Value is { } deviation
            ? HalfSplit.Of(count, ShiftDistribution.Of(mean, deviation))
            : HalfSplit.Failed(shift.Reason ?? sigma.Reason!);
    }

    private static GlobalPValueResult Smallest(
        SearchPlan plan, SearchCounts search, CalibratedPValue[][] local, Func<CalibratedPValue, CalibratedPValueResult?> global)
    {
        var found = local.SelectMany((window, w) => window.Select((p, e) => (p, w, e)))
            .Where(cell => cell.p.Value.IsDefined)
            .OrderBy(cell => cell.p.Value.Value)
            .Select(cell => ((CalibratedPValue P, int W, int E)?)cell)
            .FirstOrDefault();
        return found is { } best
            ? new GlobalPValueResult(
                plan.Windows.Searched[best.W].Number,
                plan.Settings.WorkingPoints[best.E],
                search.Significance(plan.Windows.Searched[best.W], best.E)?.Significance.Mean.Value,
                global(best.P)!)
            : new GlobalPValueResult(null, null, null, global(local[0][0])!);
    }
}
