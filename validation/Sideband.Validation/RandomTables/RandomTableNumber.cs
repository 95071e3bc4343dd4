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
    string State)
{
    private const string Undefined = "-";

    public static IEnumerable<RandomTableNumber> Of(int table, ScanResult result) =>
        from window in result.Windows
        from point in window.WorkingPoints
        select new RandomTableNumber(
            table, new RandomTable(table).Kind, result.Method, window.Number, point.EpsilonB, point.NObs.Mean, point.NExp.Mean,
            point.Significance.Mean, string.Join(',', point.Flags.Prepend(window.State)));

    public static RandomTableNumber Parse(string line)
    {
        var cells = line.Split(' ');
        return new RandomTableNumber(
            int.Parse(cells[0], CultureInfo.InvariantCulture), Enum.Parse<TableKind>(cells[1]), cells[2],
            int.Parse(cells[3], CultureInfo.InvariantCulture), double.Parse(cells[4], CultureInfo.InvariantCulture),
            Number(cells[5]), Number(cells[6]), Number(cells[7]), cells[8]);
    }

    public override string ToString() => FormattableString.Invariant(
        $"{Table} {Kind} {Method} {Window} {EpsilonB:R} {Text(Observed)} {Text(Expected)} {Text(Significance)} {State}");

    private static double? Number(string text) => text == Undefined ? null : double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? Undefined;
}
