using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Inference.Counting;
using Sideband.Search.Units;

namespace Sideband.Search.Tests.Units;

/// <summary>Counts of experiments are read as they were written.</summary>
public sealed class CountProductTests
{
    private static readonly FoldCount Counted = new(
        new EventCount(4000, 4000.5, 4100.25),
        new EventCount(41, 41, 41),
        new EventCount(5000, 4800, 4700),
        new EventCount(50, 49, 48),
        CountFlags.FewTemplateEvents);

    private static readonly FoldCount Failed = new(new EventCount(7, 7, 7), default, default, default, Failure: "no template events");

    [Fact]
    public void Counts_flags_and_failures_come_back()
    {
        foreach (var product in (CountProduct[])
        [
            new(null, 20_000, [Counted, Counted with { Flags = CountFlags.None }], [], []),
            new(null, 20_000, [Counted, Failed], [Failed, Counted], [[3.5, 4, 4], []]),
            new("a density failed", 0, [], [], []),
        ])
        {
            using var stream = new MemoryStream();
            using (var archive = new NpzWriter(stream))
            {
                product.Pack(archive);
            }

            using var file = NpzFile.Open(new MemoryStream(stream.ToArray()), "counts");
            var read = CountProduct.Unpack(file);
            read.Failure.ShouldBe(product.Failure);
            read.TemplateEvents.ShouldBe(product.TemplateEvents);
            read.All.ShouldBe(product.All);
            read.Background.ShouldBe(product.Background);
            read.Masses.ShouldBe(product.Masses);
        }
    }
}
