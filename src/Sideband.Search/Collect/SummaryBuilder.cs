using Sideband.Inference;
using Sideband.Inference.Counting;
using Sideband.Search.Plan;
using Sideband.Search.Work;

namespace Sideband.Search.Collect;

/// <summary>Histograms and curves of one window. Counts of data are means over the runs.</summary>
internal static class SummaryBuilder
{
    private const int FeatureBins = 60;
    private const int ScoreBins = 1000;

    /// <summary>The background efficiencies of the curves: 100 from 1e-4 to 0.1, evenly in the logarithm.</summary>
    public static IReadOnlyList<double> CurveEfficiencies { get; } =
        [.. Enumerable.Range(0, 100).Select(i => Numerics.PortableMath.Exp((-4 + (3.0 * i / 99)) * 2.302585092994046))];

    /// <param name="plan">The plan.</param>
    /// <param name="store">Holds its finished units.</param>
    /// <param name="scores">The window's units.</param>
    /// <param name="counts">Its counts at the working points and, behind them, at <see cref="CurveEfficiencies"/>.</param>
    /// <param name="model">delta_sys at the same efficiencies.</param>
    /// <param name="estimates">Every estimate of delta_sys.</param>
    public static WindowSummary Of(
        SearchPlan plan, UnitStore store, WindowScores scores, WindowCounts counts, BackgroundModel model, IReadOnlyList<ShiftEstimate> estimates)
    {
        var arrays = new List<SummaryArray>();
        Spectrum(arrays, plan, scores);
        var passing = PassingEvents.Of(scores, plan.Settings.WorkingPoints);
        for (var f = 0; f < scores.Data.FeatureNames.Count; f++)
        {
            Feature(arrays, scores, passing, f);
        }

        Scores(arrays, scores, passing);
        Curves(arrays, ShiftEstimate.WindowOf(scores.Window), plan.Settings.WorkingPoints.Count, counts, model, estimates);
        Training(arrays, scores);
        arrays.AddRange(RocSummary.Of(scores, TestMetricsCollector.Curve(plan, scores)));
        arrays.AddRange(QualityCollector.Summary(plan, store, scores.Window));
        return new WindowSummary(scores.Window.Number, scores.Window.SignalRegion.Low, scores.Window.SignalRegion.High, arrays);
    }

    private static void Spectrum(List<SummaryArray> arrays, SearchPlan plan, WindowScores scores)
    {
        var before = new double[SpectrumBins.Count];
        foreach (var mass in plan.Inputs.Data.Mass)
        {
            before[plan.Spectrum.IndexOf(mass)]++;
        }

        var after = plan.Settings.WorkingPoints.Select((_, w) => Enumerable.Range(0, SpectrumBins.Count).Select(bin =>
        {
            var sum = 0.0;
            foreach (var fold in scores.Runs.SelectMany(run => run))
            {
                sum += fold.Result.PassingSpectrum is { Length: > 0 } spectrum ? spectrum[(w * SpectrumBins.Count) + bin] : 0;
            }

            return sum / scores.Runs.Count;
        }).ToArray()).ToArray();
        arrays.Add(SummaryArray.Vector("mass_edges", $"bin edges of {plan.Settings.Mass}, full range of the data", plan.Spectrum.Edges()));
        arrays.Add(SummaryArray.Vector("mass_all", "data events per bin before any cut", before));
        arrays.Add(SummaryArray.Vector("working_points", "background efficiencies of the cuts", [.. plan.Settings.WorkingPoints]));
        arrays.Add(SummaryArray.Matrix("mass_passing", "[working point, bin] data events with score >= R_c of their fold, mean over runs", after));
    }

    private static void Feature(List<SummaryArray> arrays, WindowScores scores, PassingEvents passing, int feature)
    {
        var name = scores.Data.FeatureNames[feature];
        var data = scores.Data.Feature(feature);
        var template = scores.Template.Feature(feature);
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in data)
        {
            (low, high) = float.IsNaN(value) ? (low, high) : (Math.Min(low, value), Math.Max(high, value));
        }

        var width = Math.Max((high - low) / FeatureBins, 1e-30);
        arrays.Add(SummaryArray.Vector($"feature_{name}_edges", $"bin edges of {name}; values outside are in the outermost bins",
            [.. Enumerable.Range(0, FeatureBins + 1).Select(i => low + (i * width))]));
        arrays.Add(SummaryArray.Vector($"feature_{name}_data", "signal-region data events", Histogram(data, [], low, width)));
        arrays.Add(SummaryArray.Vector($"feature_{name}_template", "sum of template weights", Histogram(template, scores.Template.Weights, low, width)));
        arrays.Add(SummaryArray.Vector($"feature_{name}_template_w2", "sum of squared template weights",
            Histogram(template, [.. scores.Template.Weights.ToArray().Select(w => w * w)], low, width)));
        var (passingData, passingTemplate, squares) = (new List<double[]>(), new List<double[]>(), new List<double[]>());
        for (var w = 0; w < passing.Data.Count; w++)
        {
            passingData.Add(Histogram(data, passing.Data[w], low, width));
            passingTemplate.Add(Histogram(template, passing.Template[w], low, width));
            squares.Add(Histogram(template, Product(passing.Template[w], scores.Template.Weights), low, width));
        }

        arrays.Add(SummaryArray.Matrix($"feature_{name}_passing", "[working point, bin] signal-region data that pass, mean over runs", passingData));
        arrays.Add(SummaryArray.Matrix($"feature_{name}_template_passing", "[working point, bin] sum of the weights of template events that pass, mean over runs", passingTemplate));
        arrays.Add(SummaryArray.Matrix($"feature_{name}_template_passing_w2", "[working point, bin] sum of their squared weights, mean over runs", squares));
    }

    // The fraction of runs in which an event passes is part of the first factor already, so that only a weight is multiplied once more.
    private static double[] Product(double[] first, ReadOnlySpan<double> weights)
    {
        double[] product = [.. first];
        for (var i = 0; i < weights.Length; i++)
        {
            product[i] *= weights[i];
        }

        return product;
    }

    private static double[] Histogram(ReadOnlySpan<float> values, ReadOnlySpan<double> weights, double low, double width)
    {
        var bins = new double[FeatureBins];
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsNaN(values[i]))
            {
                bins[Math.Clamp((int)((values[i] - low) / width), 0, FeatureBins - 1)] += weights.Length == 0 ? 1 : weights[i];
            }
        }

        return bins;
    }

    private static void Scores(List<SummaryArray> arrays, WindowScores scores, PassingEvents passing)
    {
        var (data, template, squares) = (new double[ScoreBins], new double[ScoreBins], new double[ScoreBins]);
        foreach (var fold in scores.Runs.SelectMany(run => run))
        {
            // A template that is not folded is scored by every fold: each event counts once all the same.
            var (weights, repetitions) = (fold.TemplateWeights(), scores.Runs.Count * (scores.TemplateRun == 0 ? 1 : scores.Runs[0].Count));
            Fill(data, fold.Result.DataScores, [], scores.Runs.Count);
            Fill(template, fold.Result.TemplateScores, weights, repetitions);
            Fill(squares, fold.Result.TemplateScores, Product(weights, weights), repetitions);
        }

        arrays.Add(SummaryArray.Vector("score_edges", "bin edges of the classifier's mean score", [.. Enumerable.Range(0, ScoreBins + 1).Select(i => i / (double)ScoreBins)]));
        arrays.Add(SummaryArray.Vector("score_data", "signal-region data events, mean over runs", data));
        arrays.Add(SummaryArray.Vector("score_template", "sum of template weights, mean over runs", template));
        arrays.Add(SummaryArray.Vector("score_template_w2", "sum of squared template weights, mean over runs", squares));
        arrays.Add(SummaryArray.Vector("score_thresholds", "R_c of every working point, mean over runs and folds", [.. passing.Thresholds]));

        static void Fill(double[] bins, float[] values, double[] weights, int repetitions)
        {
            for (var i = 0; i < values.Length; i++)
            {
                bins[Math.Clamp((int)(values[i] * ScoreBins), 0, ScoreBins - 1)] += (weights.Length == 0 ? 1.0 : weights[i]) / repetitions;
            }
        }
    }

    private static void Curves(
        List<SummaryArray> arrays, Window window, int skip, WindowCounts counts, BackgroundModel model, IReadOnlyList<ShiftEstimate> estimates)
    {
        double[] Curve(Func<int, Measured> value) => [.. Enumerable.Range(skip, CurveEfficiencies.Count).Select(e => value(e).Value ?? double.NaN)];
        var found = counts.All.Select((runs, e) => WindowSignificance.Of(window, runs, model.Shifts[e], model.Rules[e])).ToArray();
        arrays.Add(SummaryArray.Vector("curve_epsilon_b", "background efficiencies of the curves", [.. CurveEfficiencies]));
        arrays.Add(SummaryArray.Vector("curve_n_obs", "N_obs, mean over runs", Curve(e => found[e].Observed.Mean)));
        arrays.Add(SummaryArray.Vector("curve_n_exp", "N_exp, mean over runs", Curve(e => found[e].Expected.Mean)));
        arrays.Add(SummaryArray.Vector("curve_sigma_stat", "relative sigma_stat, mean over runs", Curve(e => found[e].SigmaStat)));
        foreach (var estimate in estimates)
        {
            var name = ResultNames.Of(estimate.Kind).Replace('+', '_');
            arrays.Add(SummaryArray.Vector($"curve_delta_sys_{name}", "delta_sys, mean over its windows", Curve(e => estimate.Shifts[e].Mean)));
            arrays.Add(SummaryArray.Vector($"curve_delta_sys_{name}_spread", "standard deviation of delta_sys over its windows", Curve(e => estimate.Shifts[e].Spread)));
        }
    }

    private static void Training(List<SummaryArray> arrays, WindowScores scores)
    {
        var results = scores.Runs.SelectMany(run => run).Select(fold => fold.Result).ToArray();
        arrays.Add(SummaryArray.Vector("best_iterations", "best iteration of every member, by run and fold",
            [.. results.SelectMany(result => result.BestIterations).Select(iteration => (double)iteration)]));
        arrays.Add(SummaryArray.Vector("training_loss", "log-loss on the training halves by iteration, mean over the members still training", LossCurves.Mean(results, r => r.TrainingLoss)));
        arrays.Add(SummaryArray.Vector("validation_loss", "log-loss on the held-out halves by iteration, mean over the members still training", LossCurves.Mean(results, r => r.ValidationLoss)));
    }
}
