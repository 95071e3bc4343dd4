using System.Globalization;
using Sideband.Reporting.Figures;
using Sideband.Reporting.Terminal;
using Sideband.Reporting.Wording;
using Sideband.Search.Results;

namespace Sideband.Reporting.Page.Sections;

/// <summary>fits[] of results.json as tables: the results, and how the functions were chosen.</summary>
internal static class FitTables
{
    public static Html Of(ScanResult result) => result.Fits.Count == 0 ? Html.Empty : Html.Of($"""
        {Warnings(result)}
        <details><summary>all numbers</summary>{Results(result)}</details>
        <details><summary>choice of the function</summary>{Functions(result)}</details>

        """);

    private static Html Warnings(ScanResult result)
    {
        string[] lines = [.. FitWarnings.Of(result)];
        return lines.Length == 0 ? Html.Empty : Html.Of($"<ul>{lines.Select(line => Html.Of($"<li>{line}</li>"))}</ul>");
    }

    private static Html Results(ScanResult result) => HtmlTable.Of(
        [
            "window", $"{result.Mass}", "from", "to", "cut", "events", "fit", "error", "Z", "p_local", "calibrated", "p_global",
            "p by toys", "S", "error", "limit", "by toys", "expected limit", "spurious/error", "of background", "sculpting χ²/n",
            "random subsets up to", "flags", "reason",
        ],
        result.Fits.Select((fit, i) => Row(FormattableString.Invariant($"fits.{i}"), fit)));

    private static IEnumerable<Html> Row(string key, FitResult fit)
    {
        yield return HtmlTable.Number($"{key}.number", fit.Number, Numbers.Whole(fit.Number));
        yield return HtmlTable.Number($"{key}.mass", fit.Mass, Numbers.Mass(fit.Mass));
        yield return HtmlTable.Number($"{key}.low", fit.Low, Numbers.Mass(fit.Low));
        yield return HtmlTable.Number($"{key}.high", fit.High, Numbers.Mass(fit.High));
        yield return HtmlTable.Text(Cut(fit));
        yield return Count($"{key}.observed.mean", fit.Observed);
        yield return Count($"{key}.expected.mean", fit.Expected);
        yield return Count($"{key}.expected_error.mean", fit.ExpectedError);
        yield return HtmlTable.Number(
            $"{key}.significance.mean",
            fit.Significance.Mean,
            fit.Significance.Mean is { } z ? Numbers.Signed(z, "0.00") : "",
            fit.Significance.Reason);
        yield return HtmlTable.Number($"{key}.p_local", fit.PLocal, Small(fit.PLocal), fit.Reason);
        yield return Calibrated($"{key}.p_local_calibrated", fit.PLocalCalibrated);
        yield return Calibrated($"{key}.p_global", fit.PGlobal);
        yield return HtmlTable.Number($"{key}.p_toys", fit.PToys, Small(fit.PToys));
        yield return Count($"{key}.signal.mean", fit.Signal);
        yield return Count($"{key}.signal_error.mean", fit.SignalError);
        yield return Count($"{key}.limit.mean", fit.Limit);
        yield return Count($"{key}.limit_toys.mean", fit.LimitToys);
        yield return HtmlTable.Number(
            $"{key}.expected_limit.median", fit.ExpectedLimit.Median, Numbers.Count(fit.ExpectedLimit.Median), fit.Limit.Reason);
        yield return HtmlTable.Number(
            $"{key}.spurious_signal.largest_fraction",
            fit.SpuriousSignal.LargestFraction,
            Fixed(fit.SpuriousSignal.LargestFraction),
            fit.SpuriousSignal.Reason);
        yield return HtmlTable.Text(fit.SpuriousSignal.Function);
        yield return HtmlTable.Number($"{key}.sculpting.chi2", fit.Sculpting.Chi2, Fixed(fit.Sculpting.Chi2), fit.Sculpting.Reason);
        yield return HtmlTable.Number(
            $"{key}.sculpting.random_largest", fit.Sculpting.RandomLargest, Fixed(fit.Sculpting.RandomLargest), fit.Sculpting.Reason);
        yield return HtmlTable.Text(string.Join(", ", fit.Flags));
        yield return HtmlTable.Text(fit.Reason);
    }

    private static Html Functions(ScanResult result) => HtmlTable.Of(
        ["window", "cut", "function", "x = m/√s", "χ²", "degrees of freedom", "goodness p", "F-tests", "ask for", "because"],
        result.Fits.Index().Where(entry => !entry.Item.Scan && entry.Item.Function is not null).Select(entry =>
        {
            var (key, function) = (FormattableString.Invariant($"fits.{entry.Index}.function"), entry.Item.Function!);
            return (IEnumerable<Html>)
            [
                HtmlTable.Text(entry.Item.Number.ToString(CultureInfo.InvariantCulture)),
                HtmlTable.Text(Cut(entry.Item)),
                HtmlTable.Text(function.Name),
                Html.Of($"<td><code>{function.Formula}</code></td>"),
                HtmlTable.Number($"{key}.chi2", function.Chi2, Fixed(function.Chi2), function.Reason),
                HtmlTable.Number($"{key}.degrees", function.Degrees, Numbers.Whole(function.Degrees)),
                HtmlTable.Number($"{key}.goodness", function.Goodness, Fixed(function.Goodness), function.Reason),
                HtmlTable.Text(string.Join("; ", function.Tests.Select(test => $"{test.From} → {test.To}: p = {Small(test.P)}"))),
                HtmlTable.Text(function.Asked),
                HtmlTable.Text(function.Stopped),
            ];
        }));

    private static string Cut(FitResult fit) => fit.EpsilonB is { } epsilon ? Labels.WorkingPoint(epsilon) : "no cut";

    private static Html Count(string key, RunValues values) =>
        HtmlTable.Number(key, values.Mean, Numbers.Count(values.Mean), values.Reason);

    private static Html Calibrated(string key, CalibratedPValueResult? p) => HtmlTable.Number(
        $"{key}.value", p?.Value, p is null ? "" : PValues.Of(p), p is null ? "no experiments that kept spectra" : p.Reason);

    private static string Fixed(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    private static string Small(double? value) => value is { } p ? PValues.Power(p) : "";
}
