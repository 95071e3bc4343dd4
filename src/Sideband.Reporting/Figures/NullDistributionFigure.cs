using Sideband.Inference;
using Sideband.Inference.Calibration;
using Sideband.Reporting.Runs;
using Sideband.Reporting.Wording;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>S of the experiments in one window, a panel a working point, with the observed S.</summary>
internal static class NullDistributionFigure
{
    private const double BinWidth = 0.25;

    public static Figure Of(ScanResult result, WindowResult window, ExperimentSignificances experiments)
    {
        var table = new FigureTable("what", "working_point", "low", "high", "value");
        var (least, most) = (0.0, 0.0);
        foreach (var (e, point) in window.WorkingPoints.Index())
        {
            var name = Labels.WorkingPoint(point.EpsilonB);
            double[] values = [.. experiments.Of(window, e).OfType<double>()];
            var bins = values.GroupBy(value => (int)Math.Floor(value / BinWidth)).OrderBy(bin => bin.Key).ToArray();
            foreach (var bin in bins)
            {
                table.Add("experiments", name, bin.Key * BinWidth, (bin.Key + 1) * BinWidth, bin.Count());
            }

            least = bins.Select(bin => bin.Key * BinWidth).Append(point.Significance.Mean ?? 0).Append(least).Min();
            most = bins.Select(bin => (bin.Key + 1) * BinWidth).Append(point.Significance.Mean ?? 0).Append(most).Max();
            AddNormal(table, name, values);
            table.Add("observed", name, point.Significance.Mean, null, null);
        }

        var calibration = result.Calibrations[^1];
        return new Figure(
            "null_distribution",
            window.Number,
            "Experiments without signal",
            $"S of {calibration.Experiments} experiments, {Kinds.Words(calibration.Kind)}, in window {window.Number}. "
            + "Dashed: a normal of their own mean and standard deviation. "
            + (result.Blind ? "The observed S is blind." : "Line: the observed S."),
            Specifications.Fill(
                "null_distribution",
                ("working_points", Axes.Words(result.Windows[0].WorkingPoints.Select(point => Labels.WorkingPoint(point.EpsilonB)))),
                ("x_domain", Axes.Domain(Math.Floor(least) - 0.5, Math.Ceiling(most) + 0.5))),
            table);
    }

    private static void AddNormal(FigureTable table, string name, double[] values)
    {
        var variance = VarianceInflation.Of([.. values.Select(Measured.Of)]);
        if (variance.Value.Value is not > 0)
        {
            return;
        }

        var (mean, deviation) = (variance.Mean.Value!.Value, Math.Sqrt(variance.Value.Value.Value));
        for (var step = -40; step <= 40; step++)
        {
            var z = step / 10.0;
            var density = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI) / deviation;
            table.Add(
                "normal", name, FigureTable.Derived(mean + (z * deviation)), null, FigureTable.Derived(values.Length * BinWidth * density));
        }
    }
}
