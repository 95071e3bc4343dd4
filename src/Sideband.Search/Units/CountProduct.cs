using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Inference.Counting;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>The counts of one fold of an experiment.</summary>
/// <param name="Failure">Why there are none; null where there are.</param>
/// <param name="TemplateEvents">Number of different events in the whole template.</param>
/// <param name="All">One a background efficiency.</param>
/// <param name="Background">The same with the data cut to label 0; empty where labels are unknown.</param>
/// <param name="Masses">
/// Of the fold's events of all masses, the masses of those that pass, in ascending order, one list a background efficiency; empty where the
/// experiment keeps none.
/// </param>
public sealed record CountProduct(
    string? Failure,
    int TemplateEvents,
    IReadOnlyList<FoldCount> All,
    IReadOnlyList<FoldCount> Background,
    IReadOnlyList<double[]> Masses)
    : IStageProduct<CountProduct>
{
    private const int NumbersOfCount = 3;
    private const int CountsOfFold = 4;
    private const int NumbersOfFold = (CountsOfFold * NumbersOfCount) + 1;

    // Thousands of experiments have a million of these, and each array of an archive costs time: one holds all numbers.
    public void Pack(NpzWriter archive)
    {
        FoldCount[] counts = [.. All, .. Background];
        archive.Add<int>("sizes", [TemplateEvents, All.Count, Background.Count]);
        archive.Add<double>("counts", [.. counts.SelectMany(Numbers)], counts.Length, NumbersOfFold);
        if (Masses.Count > 0)
        {
            archive.Add<int>("passing", [.. Masses.Select(masses => masses.Length)]);
            archive.Add<double>("masses", [.. Masses.SelectMany(masses => masses)]);
        }

        if (Failure is not null || counts.Any(count => count.Failure is not null))
        {
            archive.AddStrings("failures", [Failure ?? "", .. counts.Select(count => count.Failure ?? "")]);
        }
    }

    public static CountProduct Unpack(NpzFile file)
    {
        var (sizes, numbers) = (file.Read<int>("sizes"), file.Read<double>("counts"));
        var failures = file.Names.Contains("failures") ? file.ReadStrings("failures") : [];
        string? FailureOf(int place) => failures.Count > 0 && failures[place].Length > 0 ? failures[place] : null;
        FoldCount[] counts =
        [
            .. Enumerable.Range(0, sizes[1] + sizes[2])
                .Select(i => Count(numbers.AsSpan(i * NumbersOfFold, NumbersOfFold), FailureOf(i + 1))),
        ];
        return new CountProduct(FailureOf(0), sizes[0], counts[..sizes[1]], counts[sizes[1]..], [.. MassesOf(file)]);
    }

    private static IEnumerable<double[]> MassesOf(NpzFile file)
    {
        if (!file.Names.Contains("passing"))
        {
            yield break;
        }

        var (masses, first) = (file.Read<double>("masses"), 0);
        foreach (var count in file.Read<int>("passing"))
        {
            yield return masses[first..(first + count)];
            first += count;
        }
    }

    private static double[] Numbers(FoldCount count) =>
    [
        .. new[] { count.DataEvents, count.Observed, count.Template, count.TemplatePassing }
            .SelectMany(part => new[] { part.Events, part.SumWeights, part.SumSquaredWeights }),
        (int)count.Flags,
    ];

    private static FoldCount Count(ReadOnlySpan<double> numbers, string? failure)
    {
        Span<EventCount> parts = stackalloc EventCount[CountsOfFold];
        for (var part = 0; part < CountsOfFold; part++)
        {
            var place = part * NumbersOfCount;
            parts[part] = new EventCount((long)numbers[place], numbers[place + 1], numbers[place + 2]);
        }

        return new FoldCount(parts[0], parts[1], parts[2], parts[3], (CountFlags)(int)numbers[^1], failure);
    }
}
