using System.Globalization;
using Sideband.Reporting.Wording;
using Sideband.Search.Results;
using Spectre.Console;

namespace Sideband.Reporting.Terminal;

/// <summary>Fits beside counts: per cut a table of the windows, then the largest excess, then that of a finer scan.</summary>
public static class FitTable
{
    private const string ByToys = "†";

    public static void Write(IAnsiConsole console, ScanResult result)
    {
        var range = result.Fits[0].Range;
        console.WriteLine();
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"bump hunt on the scores of {result.Method}, {result.Mass} {range.Low:0.####} - {range.High:0.####}, ")
            + string.Create(CultureInfo.InvariantCulture, $"sqrt(s) {range.SqrtS:0.####}, ")
            + $"S is {(result.Fits[0].SignalShape == "window" ? "the excess in the window" : "of the signal's shape")}");
        foreach (var cut in result.Fits.GroupBy(fit => fit.EpsilonB))
        {
            var windows = cut.Where(fit => !fit.Scan).ToArray();
            console.WriteLine(FitWarnings.At(cut.Key));
            console.Write(Fitting.Widest(console, () => Table(result, windows, true), () => Table(result, windows, false)));
            WriteLargest(console, "largest in the windows", windows);
            WriteLargest(console, "largest in the finer scan", [.. cut.Where(fit => fit.Scan)]);
        }

        if (result.Fits.Any(fit => !fit.Scan && fit.LimitToys.Mean is not null))
        {
            console.WriteLine($"{ByToys} limit by toys; the expected one is asymptotic");
        }

        console.WriteLine(result.Fits.FirstOrDefault(fit => fit.PGlobal?.Value is not null)?.PGlobal is { } calibrated
            ? $"p_global is corrected for all windows and cuts by the experiments ({Kinds.Words(calibrated.Kind)}); "
                + "other p-values are asymptotic"
            : "p-values are asymptotic, uncalibrated and not corrected for the masses and cuts that were looked at");
    }

    private static Table Table(ScanResult result, FitResult[] fits, bool all)
    {
        var table = new Table { Border = TableBorder.Simple };
        string[] headers =
        [
            "window", result.Mass, "events", "fit", "Z", "S", "limit (expected)",
            .. all ? ["function", "chi2/n", "goodness", "spurious", "sculpting"] : Array.Empty<string>(),
            "S counted",
        ];
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(new Text(header)) { Alignment = Justify.Right, NoWrap = true });
        }

        foreach (var fit in fits)
        {
            table.AddRow([.. Cells(result, fit, all).Select(cell => new Text(cell))]);
        }

        return table;
    }

    private static IEnumerable<string> Cells(ScanResult result, FitResult fit, bool all)
    {
        yield return fit.Number.ToString(CultureInfo.InvariantCulture);
        yield return $"{Numbers.Mass(fit.Low)} - {Numbers.Mass(fit.High)}";
        yield return Numbers.Count(fit.Observed.Mean);
        yield return With(fit.Expected.Mean, fit.ExpectedError.Mean);
        yield return Numbers.Significance(fit.Significance.Mean, fit.Significance.Std) + (fit.Flags.Count > 0 ? " *" : "");
        yield return With(fit.Signal.Mean, fit.SignalError.Mean);
        yield return $"{Numbers.Count(fit.LimitToys.Mean ?? fit.Limit.Mean)}{(fit.LimitToys.Mean is null ? "" : ByToys)} "
            + $"({Numbers.Count(fit.ExpectedLimit.Median)})";
        if (all)
        {
            yield return fit.Function?.Name ?? Numbers.Undefined;
            yield return fit.Function is { Chi2: { } chi2 } function
                ? string.Create(CultureInfo.InvariantCulture, $"{chi2:0}/{function.Degrees}")
                : Numbers.Undefined;
            yield return Fixed(fit.Function?.Goodness);
            yield return Fixed(fit.SpuriousSignal.LargestFraction);
            yield return Fixed(fit.Sculpting.Chi2);
        }

        var counted = result.Windows.First(window => window.Number == fit.Number).WorkingPoints
            .FirstOrDefault(point => point.EpsilonB == fit.EpsilonB);
        yield return counted is null ? Numbers.Undefined : Numbers.Significance(counted.Significance.Mean, counted.Significance.Std);
    }

    private static void WriteLargest(IAnsiConsole console, string what, FitResult[] fits)
    {
        if (fits.Length > 0 && fits.All(fit => fit.Flags.Contains(PointFlag.ClaimWithheld)))
        {
            console.WriteLine($"{what}: none, nothing is claimed in any of them");
        }

        var claimed = fits.Where(fit => fit.Significance.Mean is not null && !fit.Flags.Contains(PointFlag.ClaimWithheld));
        if (claimed.MaxBy(fit => fit.Significance.Mean) is { } largest)
        {
            console.WriteLine(
                $"{what}: Z = {Numbers.Significance(largest.Significance.Mean, largest.Significance.Std)} at {Numbers.Mass(largest.Mass)}"
                + (largest.PLocal is { } p ? $", p_local {PValues.Equal(p)}" : "")
                + (largest is { PLocalCalibrated: { } local, PGlobal: { } global }
                    ? $", by {Numbers.Whole(local.Experiments)} experiments p_local {PValues.Of(local)}, p_global {PValues.Of(global)}"
                    : ""));
        }
    }

    private static string With(double? value, double? error) => $"{Numbers.Count(value)} ± {Numbers.Count(error)}";

    private static string Fixed(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? Numbers.Undefined;
}
