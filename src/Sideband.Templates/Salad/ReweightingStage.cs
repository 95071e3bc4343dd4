using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Learning.Classifiers;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Salad;

/// <summary>Learns data against simulation outside of a window, from features and mass.</summary>
public sealed class ReweightingStage : IStage
{
    public const string StageName = "reweighting";

    // CPU seconds of one event in one epoch of a network of 64-64-64.
    private const double SecondsPerEvent = 1.2e-6;

    public string Name => StageName;

    public StageReads Reads { get; } = StageReads.Searched.And(InputRole.Simulation).Option<ReweightingOptions>();

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var options = inputs.Option<ReweightingOptions>();
        var (simulation, data) = (Outside(inputs, InputRole.Simulation), Outside(inputs, InputRole.Searched));
        var columns = EventColumns.Of(simulation, data);
        var labels = new byte[columns[0].Length];
        labels.AsSpan(simulation.Count).Fill(1);
        double[] weights = simulation.HasWeights || data.HasWeights ? [.. EventWeights.Each(simulation), .. EventWeights.Each(data)] : [];
        int[] rows = [.. Enumerable.Range(0, labels.Length)];
        NetworkClassifierFit[] fits = [.. Enumerable.Range(1, options.Networks).Select(network => NetworkClassifier.Fit(
            columns,
            rows,
            labels,
            weights,
            options.Network,
            inputs.Stream(StageName, FormattableString.Invariant($"network {network}")),
            threads,
            cancellation))];
        if (fits.FirstOrDefault(fit => !fit.Succeeded) is { } failed)
        {
            return new ReweightingProduct { Failure = $"classifier of data against simulation: {failed.Failure}" };
        }

        return ReweightingProduct.Of(fits);
    }

    public IStageProduct Unpack(NpzFile file) => ReweightingProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options)
    {
        var reweighting = options.Option<ReweightingOptions>();
        return SecondsPerEvent * size.Learned * reweighting.Network.Epochs * reweighting.Networks;
    }

    /// <summary>The events of a role outside of the window, with their mass as the last feature.</summary>
    internal static EventTable Outside(IStageInputs inputs, InputRole role)
    {
        var events = inputs.Events(role);
        return SimulationReweighting.WithMass(events.Select(events.IndicesOutside(inputs.Window.SignalRegion)));
    }
}
