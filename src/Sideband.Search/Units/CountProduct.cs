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
public sealed record CountProduct(string? Failure, int TemplateEvents, IReadOnlyList<FoldCount> All, IReadOnlyList<FoldCount> Background)
    : IStageProduct<CountProduct>
{
    private const int NumbersOfCount = 3;
    private const int CountsOfFold = 4;

    public void Pack(NpzWriter archive)
    {
        archive.Add<int>("template_events", [TemplateEvents]);
        Pack(archive, "all", All);
        Pack(archive, "background", Background);
        archive.AddReason(Failure);
    }

    public static CountProduct Unpack(NpzFile file) =>
        new(file.ReadReason(), file.Read<int>("template_events")[0], Unpack(file, "all"), Unpack(file, "background"));

    private static void Pack(NpzWriter archive, string name, IReadOnlyList<FoldCount> counts)
    {
        archive.Add<double>(
            name + "_counts",
            [
                .. counts.SelectMany(count => new[] { count.DataEvents, count.Observed, count.Template, count.TemplatePassing })
                    .SelectMany(count => new[] { count.Events, count.SumWeights, count.SumSquaredWeights }),
            ]);
        archive.Add<int>(name + "_flags", [.. counts.Select(count => (int)count.Flags)]);
        archive.AddStrings(name + "_failures", [.. counts.Select(count => count.Failure ?? "")]);
    }

    private static FoldCount[] Unpack(NpzFile file, string name)
    {
        var (numbers, flags) = (file.Read<double>(name + "_counts"), file.Read<int>(name + "_flags"));
        var failures = file.ReadStrings(name + "_failures");
        EventCount Count(int fold, int which)
        {
            var place = ((fold * CountsOfFold) + which) * NumbersOfCount;
            return new EventCount((long)numbers[place], numbers[place + 1], numbers[place + 2]);
        }

        return
        [
            .. flags.Select((flag, fold) => new FoldCount(
                Count(fold, 0),
                Count(fold, 1),
                Count(fold, 2),
                Count(fold, 3),
                (CountFlags)flag,
                failures[fold].Length > 0 ? failures[fold] : null)),
        ];
    }
}
