using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>N_obs against N_exp by window and working point, with their ratio.</summary>
internal static class CountsFigure
{
    public static Figure Of(ScanResult result, AxisTitles titles, SharedAxes axes)
    {
        var axis = new WindowAxis("counts", result, axes);
        var table = new FigureTable(
            "window", "mass_low", "mass_high", "x", "x_low", "x_high", "epsilon_b", "working_point",
            "n_obs", "n_obs_low", "n_obs_high", "n_exp", "n_exp_low", "n_exp_high",
            "ratio", "ratio_low", "ratio_high", "band_low", "band_high");
        foreach (var window in result.Windows)
        {
            foreach (var point in window.WorkingPoints)
            {
                var (x, observed, expected, sigma) = (axis.Place(window, point.EpsilonB), point.NObs.Mean, point.NExp.Mean, point.SigmaExp);
                var error = observed is { } count ? Math.Sqrt(count) : (double?)null;
                table.Add(
                    window.Number, window.Low, window.High, x, x - axis.HalfBox,
                    x + axis.HalfBox, point.EpsilonB, Labels.WorkingPoint(point.EpsilonB),
                    observed, observed - error, observed + error, expected, expected * (1 - sigma), expected * (1 + sigma),
                    observed / expected, (observed - error) / expected, (observed + error) / expected, 1 - sigma, 1 + sigma);
            }
        }

        string[] drawn = ["n_obs_low", "n_obs_high", "n_exp_low", "n_exp_high"];
        var y = axes.Logarithmic("counts.y", drawn.SelectMany(table.Numbers), 0.5);
        var highest = Math.Clamp(table.Numbers("ratio_high").Concat(table.Numbers("band_high")).DefaultIfEmpty(1.5).Max() * 1.05, 1.5, 8);
        var lowest = Math.Clamp(table.Numbers("ratio_low").Concat(table.Numbers("band_low")).DefaultIfEmpty(0.5).Min() * 0.95, 0, 0.9);
        (lowest, highest) = axes.Range("counts.ratio", lowest, highest);
        var beyond = new Beyond("ratio", lowest, highest);
        var specification = Specifications.Fill(
            "counts",
            ("mass", axis.Title(result, titles)),
            ("x_domain", axis.Domain),
            ("x_ticks", axis.Ticks),
            ("y_scale", y.Scale()),
            ("y_axis", y.Axis()),
            ("ratio_scale", Axes.Linear(lowest, highest)),
            ("above", beyond.Above),
            ("below", beyond.Below),
            ("working_points", axes.WorkingPointNames));
        return new Figure(
            "counts", null, "Observed and expected events",
            result.Blind
                ? "Lines with boxes: N_exp with its error σ_exp. The search is blind, nothing is observed."
                : "Points: N_obs (mean over runs) with bars of √N_obs. "
                    + "Lines with boxes: N_exp with its error σ_exp, statistical and systematic." + beyond.Caption(table, "ratios"),
            specification, table);
    }
}
