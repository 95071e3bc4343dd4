using Sideband.Inference;
using Sideband.Inference.Calibration;
using Sideband.Reporting.Charts;
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

        var calibration = experiments.Calibration;
        var tallest = table.Numbers("value").DefaultIfEmpty(1).Max();
        var chart = new Chart(new Panel(
            130,
            Axis.Linear("signed significance S [σ]", Math.Floor(least) - 0.5, Math.Ceiling(most) + 0.5),
            Axis.Linear("experiments", 0, 1.05 * tallest, 4),
            new Mark(MarkShape.Rect)
            {
                X = Place.Of("low"),
                X2 = Place.Of("high"),
                Y = Place.Of("value"),
                Y2 = Place.At(0),
                Where = [Condition.Is("what", "experiments")],
                Colour = ChartColours.Counts,
                Opacity = 0.8,
                Tooltip = [("low", null), ("high", null), ("value", null)],
            },
            new Mark(MarkShape.Line)
            {
                X = Place.Of("low"),
                Y = Place.Of("value"),
                Where = [Condition.Is("what", "normal")],
                Colour = ChartColours.Soft,
                Dash = LineDash.Dashed,
            },
            new Mark(MarkShape.Rule)
            {
                X = Place.Of("low"),
                Where = [Condition.Is("what", "observed")],
                Colour = ChartColours.Data,
                Width = 2.5,
                Tooltip = [("low", ".2f")],
            }))
        {
            Facet = new Facet("working_point", [.. result.Windows[0].WorkingPoints.Select(point => Labels.WorkingPoint(point.EpsilonB))]),
        };
        return new Figure(
            "null_distribution",
            window.Number,
            "Experiments without signal",
            $"S of {calibration.Experiments} experiments, {Kinds.Words(calibration.Kind)}, in window {window.Number}. "
            + "Dashed: a normal of their own mean and standard deviation. "
            + (result.Blind ? "The observed S is blind." : "Line: the observed S."),
            chart,
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
