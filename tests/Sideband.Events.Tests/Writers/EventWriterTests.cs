using Sideband.Events.Writers;

namespace Sideband.Events.Tests.Writers;

public sealed class EventWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.npz")]
    public void Events_read_back_to_the_last_bit(string name)
    {
        var events = new EventTable(
            "mjj",
            [0.1 + 0.2, 3.5, 1e-7],
            ["x", "a,b"],
            [[0.1f, float.NaN, -1e30f], [1f / 3, 0, 5]],
            [EventSource.Simulated("test")],
            new short[3],
            [0, 1, 2],
            [0, 1, 0],
            [1, 0.3, -2]);
        EventWriter.Write(_folder.PathOf(name), events);
        var request = new ColumnRequest("mjj", ["x", "a,b"], EventWriter.Weight, MissingPolicy.Keep);
        var read = EventReader.Load(new EventFileSpec(_folder.PathOf(name)), request).Events;
        read.Mass.ToArray().ShouldBe(events.Mass.ToArray());
        read.Feature(0).ToArray().ShouldBe(events.Feature(0).ToArray());
        read.Feature(1).ToArray().ShouldBe(events.Feature(1).ToArray());
        read.Labels.ToArray().ShouldBe(events.Labels.ToArray());
        read.Weights.ToArray().ShouldBe(events.Weights.ToArray());
    }
}
