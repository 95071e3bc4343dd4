using System.Globalization;
using Sideband.Search.Results;

namespace Sideband.Reporting.Wording;

/// <summary>What the flags of a number mean, in words, and which of them a reader must know before believing it.</summary>
internal static class Flags
{
    // A flag that is not here is one of a newer version: it is shown by its name, as one that matters.
    private static readonly Dictionary<string, (bool Matters, string Words)> Known = new()
    {
        [PointFlag.TiesAtThreshold] =
            (false, "several events have the threshold's score; all of them pass, and the effective ε_B counts them"),
        [PointFlag.FewTemplateEvents] =
            (true, "fewer than 3 template events are expected to pass in some fold: threshold and N_exp are uncertain"),
        [PointFlag.EfficiencyOff] = (true, "the effective ε_B is more than 25 % off the one asked for; N_exp is of the effective one"),
        [PointFlag.ClaimWithheld] =
            (true, "the tables speak against a claim in this window, see the checks of the tables; there is no p-value"),
        [PointFlag.TemplateFails] =
            (true, "of some runs: the sidebands contradict the template of another, so nothing is claimed and there is no p-value"),
        [PointFlag.NoSeparation] = (true, "a classifier learned nothing, or ties let far more pass than ε_B: there is no S"),
    };

    /// <summary>The flags of a point that a reader must know; the others stand in results.json only.</summary>
    public static IReadOnlyList<string> Mattering(WorkingPointResult point) =>
        [.. point.Flags.Where(flag => !Known.TryGetValue(flag, out var known) || known.Matters)];

    /// <summary>The meaning of a flag.</summary>
    public static string Words(string flag) => Known.TryGetValue(flag, out var known) ? known.Words : flag;

    /// <summary>A line for each flag that matters: its name, where it is set, and what it means.</summary>
    /// <param name="efficiency">How a background efficiency is written.</param>
    public static IEnumerable<string> Footnotes(ScanResult result, Func<double, string> efficiency)
    {
        var all = result.Windows
            .SelectMany(window => window.WorkingPoints.SelectMany(point => Mattering(point).Select(flag => (flag, window, point))))
            .ToArray();
        foreach (var flag in all.GroupBy(entry => entry.flag))
        {
            var places = flag.GroupBy(entry => entry.point.EpsilonB)
                .Select(at => $"{Windows([.. at.Select(entry => entry.window.Number)])} at {efficiency(at.Key)}");
            yield return $"{flag.Key} ({string.Join("; ", places)}): {Words(flag.Key)}";
        }
    }

    // window 3, windows 1-4, 7
    private static string Windows(int[] numbers)
    {
        var runs = new List<(int First, int Last)>();
        foreach (var number in numbers.Order())
        {
            if (runs.Count > 0 && runs[^1].Last == number - 1)
            {
                runs[^1] = (runs[^1].First, number);
            }
            else
            {
                runs.Add((number, number));
            }
        }

        var parts = runs.Select(run => run.First == run.Last
            ? run.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{run.First}-{run.Last}"));
        return (numbers.Length == 1 ? "window " : "windows ") + string.Join(", ", parts);
    }
}
