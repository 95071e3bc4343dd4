using System.Globalization;
using Sideband.Search.Results;

namespace Sideband.Validation.RandomTables;

/// <summary>One significance of one search.</summary>
/// <param name="Table">Number of the table.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Method">The method.</param>
/// <param name="Window">From 1.</param>
/// <param name="EpsilonB">Background efficiency.</param>
/// <param name="Observed">N_obs.</param>
/// <param name="Expected">N_exp.</param>
/// <param name="Significance">S; null where it is not defined.</param>
/// <param name="Background">
/// N_SR times the part of fresh background events that pass the same cuts: the background's true expectation; null where nothing was
/// scored.
/// </param>
/// <param name="SigmaExp">Relative error of N_exp.</param>
/// <param name="State">The window's state, and behind it what is flagged.</param>
internal sealed record RandomTableNumber(
    int Table,
    TableKind Kind,
    string Method,
    int Window,
    double EpsilonB,
    double? Observed,
    double? Expected,
    double? Significance,
    double? Background,
    double? SigmaExp,
    string State)
{
    private const string Undefined = "-";

    /// <summary>
    /// S of exactly as much background as there is: what an N_exp that is wrong makes, without the fluctuation of the data.
    /// </summary>
    public double? Shift => Background is { } count && Expected is { } expected && SigmaExp is { } sigma
        && Inference.Counting.Significance.Of(count, expected, sigma * sigma) is { IsDefined: true } shift
        ? shift.Value
        : null;

    /// <param name="table">The table.</param>
    /// <param name="result">Of one method.</param>
    /// <param name="efficiency">Part of the background that passes in a window (by number) at a working point; null: not known.</param>
    public static IEnumerable<RandomTableNumber> Of(RandomTable table, ScanResult result, Func<int, double, double?> efficiency) =>
        from window in result.Windows
        from point in window.WorkingPoints
        select new RandomTableNumber(
            table.Number, table.Kind, result.Method, window.Number, point.EpsilonB, point.NObs.Mean, point.NExp.Mean,
            point.Significance.Mean, window.Events * efficiency(window.Number, point.EpsilonB), point.SigmaExp,
            string.Join(',', point.Flags.Prepend(window.State)));

    public static RandomTableNumber Parse(string line)
    {
        var cells = line.Split(' ');
        return new RandomTableNumber(
            int.Parse(cells[0], CultureInfo.InvariantCulture), Enum.Parse<TableKind>(cells[1]), cells[2],
            int.Parse(cells[3], CultureInfo.InvariantCulture), double.Parse(cells[4], CultureInfo.InvariantCulture),
            Number(cells[5]), Number(cells[6]), Number(cells[7]), Number(cells[8]), Number(cells[9]), cells[10]);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Table} {Kind} {Method} {Window} {EpsilonB:R} {Text(Observed)} {Text(Expected)} {Text(Significance)} {Text(Background)} "
        + $"{Text(SigmaExp)} {State}");

    private static double? Number(string text) => text == Undefined ? null : double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? Undefined;
}
