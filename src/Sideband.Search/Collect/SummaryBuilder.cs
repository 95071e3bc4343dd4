using Sideband.Events;
using Sideband.Inference;
using Sideband.Inference.Counting;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Collect;

/// <summary>
/// Histograms and curves of one window. Counts are means over the runs that have them, as in the results; NaN where none has.
/// </summary>
internal sealed class SummaryBuilder(SearchPlan plan, UnitStore store, WindowScores scores, ShownTemplate template)
{
    private const int FeatureBins = 60;
    private const int ScoreBins = 1000;

    private readonly List<SummaryArray> _arrays = [];

    /// <summary>The background efficiencies of the curves: 100 from 1e-4 to 0.1, evenly in the logarithm.</summary>
    public static IReadOnlyList<double> CurveEfficiencies { get; } =
        [.. Enumerable.Range(0, 100).Select(i => Numerics.PortableMath.Exp((-4 + (3.0 * i / 99)) * 2.302585092994046))];

    /// <param name="counts">The window's counts at the working points and, behind them, at <see cref="CurveEfficiencies"/>.</param>
    /// <param name="model">delta_sys at the same efficiencies.</param>
    /// <param name="estimates">Every estimate of delta_sys.</param>
    /// <param name="test">Test events in the window, or null.</param>
    public WindowSummary Of(WindowCounts counts, BackgroundModel model, IReadOnlyList<EstimatedShift> estimates, TestScores? test)
    {
        var cuts = RunCut.Of(scores, plan.Settings.WorkingPoints);
        Spectrum(cuts);
        var passing = PassingEvents.Of(
            scores, template, run => new FoldAssignment(plan.Settings.Seed, run, plan.Settings.Folds), cuts);
        for (var f = 0; f < scores.Data.FeatureNames.Count; f++)
        {
            Feature(passing, f);
        }

        Scores(passing);
        Curves(counts, model, estimates);
        Training();
        _arrays.AddRange(RocSummary.Of(scores, test?.Curve()));
        _arrays.AddRange(QualityCollector.Summary(plan, store, scores.Window));
        return new WindowSummary(scores.Window.Number, scores.Window.SignalRegion.Low, scores.Window.SignalRegion.High, [.. _arrays]);
    }

    private void Spectrum(IReadOnlyList<IReadOnlyList<RunCut>> cuts)
    {
        var bins = SpectrumBins.Of(
            MassRange.Of(plan.Inputs.Data),
            scores.Window.SignalRegion,
            [.. plan.Windows.Searched.Select(window => window.SignalRegion)]);
        var before = new double[bins.Count];
        foreach (var mass in plan.Inputs.Data.Mass)
        {
            before[bins.IndexOf(mass)]++;
        }

        Vector(
            "mass_edges",
            $"bin edges of {plan.Settings.Mass}, full range of the data; the window's limits are among them",
            [.. bins.Edges]);
        Vector("mass_all", "data events per bin before any cut", before);
        Vector("working_points", "background efficiencies of the cuts", [.. plan.Settings.WorkingPoints]);
        Matrix(
            "mass_passing",
            "[working point, bin] data events with score >= R_c of their fold, mean over runs",
            PassingSpectrum.Of(cuts, bins));
    }

    private void Feature(PassingEvents passing, int feature)
    {
        var name = scores.Data.FeatureNames[feature];
        string Key(string part) => FeatureKeys.Array(FeatureKeys.Of(scores.Data.FeatureNames)[feature], part);

        var data = scores.Data.Feature(feature);
        var drawn = template.Events.Feature(feature);
        var weights = template.Events.Count == 0 ? null : template.Events.Weights.ToArray();
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in data)
        {
            (low, high) = float.IsNaN(value) ? (low, high) : (Math.Min(low, value), Math.Max(high, value));
        }

        var width = Math.Max((high - low) / FeatureBins, 1e-30);
        Vector(
            Key("edges"),
            $"bin edges of {name}; values outside are in the outermost bins",
            [.. Enumerable.Range(0, FeatureBins + 1).Select(i => low + (i * width))]);
        Vector(Key("data"), "signal-region data events", Histogram(data, [], low, width));
        Vector(Key("template"), "sum of template weights", Histogram(drawn, weights, low, width));
        Vector(
            Key("template_w2"),
            "sum of squared template weights",
            Histogram(drawn, Product(weights, weights), low, width));
        var (passingData, passingTemplate, squares) = (new List<double[]>(), new List<double[]>(), new List<double[]>());
        for (var w = 0; w < passing.Data.Count; w++)
        {
            passingData.Add(Histogram(data, passing.Data[w], low, width));
            passingTemplate.Add(Histogram(drawn, passing.Template[w], low, width));
            squares.Add(Histogram(drawn, Product(passing.Template[w], weights), low, width));
        }

        Matrix(Key("passing"), "[working point, bin] signal-region data that pass, mean over runs", passingData);
        Matrix(
            Key("template_passing"),
            "[working point, bin] sum of the weights of template events that pass, mean over runs",
            passingTemplate);
        Matrix(Key("template_passing_w2"), "[working point, bin] sum of their squared weights, mean over runs", squares);
    }

    // The fraction of runs in which an event passes is part of the first factor already, so that only a weight is multiplied once more.
    private static double[]? Product(double[]? first, double[]? weights) =>
        first is null || weights is null ? null : [.. first.Select((value, i) => weights.Length == 0 ? value : value * weights[i])];

    // Weights that are not known leave bins that are not known; none at all stand for 1.
    private static double[] Histogram(ReadOnlySpan<float> values, double[]? weights, double low, double width)
    {
        var bins = new double[FeatureBins];
        if (weights is null)
        {
            Array.Fill(bins, double.NaN);
            return bins;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsNaN(values[i]))
            {
                bins[Math.Clamp((int)((values[i] - low) / width), 0, FeatureBins - 1)] += weights.Length == 0 ? 1 : weights[i];
            }
        }

        return bins;
    }

    private void Scores(PassingEvents passing)
    {
        var (data, drawn, squares) = (new double[ScoreBins], new double[ScoreBins], new double[ScoreBins]);
        RunScores[] runs = [.. scores.Runs.Where(run => run.HasEveryClassifier)];
        foreach (var bins in runs.Length == 0 ? [data, drawn, squares] : Array.Empty<double[]>())
        {
            Array.Fill(bins, double.NaN);
        }

        foreach (var fold in runs.SelectMany(run => run.Folds))
        {
            // A template that is not folded is scored by every fold: each event counts once all the same.
            var weights = fold.Product.TemplateWeights;
            var repetitions = runs.Length * (template.IsFolded ? 1 : scores.Runs[0].Folds.Count);
            Fill(data, fold.InRegion.Scores, [], runs.Length);
            Fill(drawn, fold.Product.TemplateScores, weights, repetitions);
            Fill(squares, fold.Product.TemplateScores, [.. weights.Select(weight => weight * weight)], repetitions);
        }

        Vector(
            "score_edges",
            "bin edges of the classifier's mean score",
            [.. Enumerable.Range(0, ScoreBins + 1).Select(i => i / (double)ScoreBins)]);
        Vector("score_data", "signal-region data events, mean over runs", data);
        Vector("score_template", "sum of template weights, mean over runs", drawn);
        Vector("score_template_w2", "sum of squared template weights, mean over runs", squares);
        Vector("score_thresholds", "R_c of every working point, mean over runs and folds", [.. passing.Thresholds]);

        static void Fill(double[] bins, float[] values, double[] weights, int repetitions)
        {
            for (var i = 0; i < values.Length; i++)
            {
                bins[Math.Clamp((int)(values[i] * ScoreBins), 0, ScoreBins - 1)] += (weights.Length == 0 ? 1.0 : weights[i]) / repetitions;
            }
        }
    }

    private void Curves(WindowCounts counts, BackgroundModel model, IReadOnlyList<EstimatedShift> estimates)
    {
        var window = EstimatedShift.WindowOf(scores.Window);
        double[] Curve(Func<int, Measured> value) =>
            [.. Enumerable.Range(plan.Settings.WorkingPoints.Count, CurveEfficiencies.Count).Select(e => value(e).Value ?? double.NaN)];
        var found = counts.All.Select((runs, e) => WindowSignificance.Of(window, runs, model.Shifts[e], model.Rules[e])).ToArray();
        Vector("curve_epsilon_b", "background efficiencies of the curves", [.. CurveEfficiencies]);
        Vector("curve_n_obs", "N_obs, mean over runs", Curve(e => found[e].Observed.Mean));
        Vector("curve_n_exp", "N_exp, mean over runs", Curve(e => found[e].Expected.Mean));
        Vector("curve_sigma_stat", "relative sigma_stat, mean over runs", Curve(e => found[e].SigmaStat));
        foreach (var estimate in estimates)
        {
            var name = EstimatedShift.CurveName(estimate.Name);
            Vector($"curve_delta_sys_{name}", "delta_sys, mean over its windows", Curve(e => estimate.Shifts[e].Mean));
            Vector(
                $"curve_delta_sys_{name}_spread",
                "standard deviation of delta_sys over its windows",
                Curve(e => estimate.Shifts[e].Spread));
        }
    }

    private void Training()
    {
        var results = scores.Folds.Select(fold => fold.Product).ToArray();
        Vector(
            "best_iterations",
            "best iteration of every member, by run and fold",
            [.. results.SelectMany(result => result.BestIterations).Select(iteration => (double)iteration)]);
        Vector(
            "training_loss",
            "log-loss on the training halves by iteration, mean over the members still training",
            LossCurves.Mean(results, result => result.TrainingLoss));
        Vector(
            "validation_loss",
            "log-loss on the held-out halves by iteration, mean over the members still training",
            LossCurves.Mean(results, result => result.ValidationLoss));
    }

    private void Vector(string name, string meaning, double[] values) => _arrays.Add(SummaryArray.Vector(name, meaning, values));

    private void Matrix(string name, string meaning, IReadOnlyList<double[]> rows) => _arrays.Add(SummaryArray.Matrix(name, meaning, rows));
}
