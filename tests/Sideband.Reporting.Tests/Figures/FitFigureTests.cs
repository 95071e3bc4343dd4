using Sideband.Reporting.Figures;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Tests.Figures;

/// <summary>The pictures of fitted spectra.</summary>
public class FitFigureTests
{
    private const double BinWidth = 0.02;

    [Fact]
    public void Bins_that_are_narrower_are_drawn_as_what_they_would_hold_at_full_width()
    {
        // Ten events in each fine bin: three below the window, twenty in it, six above. Four make a bin of the picture.
        var window = ScanResults.Typical().Windows[0];
        int[] bins = [.. Enumerable.Range(0, 29)];
        double Low(int bin) => window.Low + (BinWidth * (bin - 3));
        var arrays = new WindowArrays(new Dictionary<string, SummaryValues>
        {
            ["fit_low"] = Vector(bins.Select(Low)),
            ["fit_high"] = Vector(bins.Select(bin => Low(bin + 1))),
            ["fit_in_window"] = Vector(bins.Select(bin => bin is >= 3 and < 23 ? 1.0 : 0)),
            ["fit_observed"] = Matrix(bins, 10),
            ["fit_expected"] = Matrix(bins, 9),
            ["fit_error"] = Matrix(bins, 0.5),
        });
        var result = ScanResults.Typical() with { Fits = [ScanResults.Fit(window, Low(0), Low(29))] };
        var data = FitFigures.Of(result, window, arrays, new AxisTitles(new Dictionary<string, string>())).Single().Data;
        data.Numbers("observed").ShouldBe([30, 40, 40, 40, 40, 40, 40, 20]);
        data.Numbers("point").ShouldAllBe(events => Math.Abs(events - 40) < 1e-4);
        data.Numbers("curve").ShouldAllBe(events => Math.Abs(events - 36) < 1e-4);
        data.Numbers("band_high").ShouldAllBe(events => Math.Abs(events - 38) < 1e-4);
        data.Numbers("error_high").First().ShouldBe((30 + Math.Sqrt(30)) * 4 / 3, 1e-4);
    }

    private static SummaryValues Vector(IEnumerable<double> values)
    {
        double?[] all = [.. values];
        return new SummaryValues("", [all.Length], all);
    }

    private static SummaryValues Matrix(int[] bins, double each) => Vector(bins.Select(_ => each)) with { Shape = [1, bins.Length] };
}
