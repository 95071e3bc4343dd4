using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Templates;
using Sideband.Templates.Salad;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>
/// Makes half of the simulation like the data, for <see cref="Systematics.ChainSample.Halves"/>: weights w are learned outside of the
/// window between the other half and the data, as SALAD learns them, and an event is kept with the probability w/limit. The limit is the
/// weight that one event in a thousand has more than; those are kept always.
/// </summary>
public sealed class DistortionStage : IStage
{
    public const string StageName = "distortion";

    private const double AboveLimit = 1e-3;

    public string Name => StageName;

    public StageReads Reads { get; } =
        StageReads.Searched.And(InputRole.Simulation, InputRole.Data).Option<ReweightingOptions>();

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        EventTable Outside(InputRole role)
        {
            var all = inputs.Events(role);
            return all.Select(all.IndicesOutside(inputs.Window.SignalRegion));
        }

        var learned = ReweightingStage.Learn(
            Outside(InputRole.Simulation),
            Outside(InputRole.Data),
            inputs.Option<ReweightingOptions>(),
            name => inputs.Stream(StageName, name),
            threads,
            cancellation);
        var events = ((UnitInputs)inputs).AsRead(InputRole.Searched);
        if (learned.Failure is { } reason)
        {
            return new DistortionProduct
            {
                Failure = $"distortion of the simulation: {reason}",
                Kept = [.. Enumerable.Range(0, events.Count)],
            };
        }

        var weights = learned.Load().Of(events);
        double[] rising = [.. weights.Order()];
        var limit = rising[Math.Max(0, (int)Math.Ceiling((1 - AboveLimit) * rising.Length) - 1)];
        var stream = inputs.Stream(StageName, "acceptance");
        return new DistortionProduct
        {
            Kept = [.. Enumerable.Range(0, events.Count).Where(i => stream.NextDouble() * limit < weights[i])],
        };
    }

    public IStageProduct Unpack(NpzFile file) => DistortionProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) => new ReweightingStage().Cost(size, events, options);
}

/// <summary>Which events of the half are pseudo-data.</summary>
public sealed record DistortionProduct : IStageProduct<DistortionProduct>
{
    /// <summary>Why the half is as it was; null where it was made like the data.</summary>
    public string? Failure { get; init; }

    /// <summary>Rising places of the events that are kept.</summary>
    public int[] Kept { get; init; } = [];

    public void Pack(NpzWriter archive)
    {
        archive.Add<int>("kept", Kept);
        archive.AddReason(Failure);
    }

    public static DistortionProduct Unpack(NpzFile file) => new() { Kept = file.Read<int>("kept"), Failure = file.ReadReason() };
}
