using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Learning.Classifiers;
using Sideband.Numerics;
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
        EventTable Outside(InputRole role)
        {
            var events = inputs.Events(role);
            return events.Select(events.IndicesOutside(inputs.Window.SignalRegion));
        }

        return Learn(
            Outside(InputRole.Simulation),
            Outside(InputRole.Searched),
            inputs.Option<ReweightingOptions>(),
            name => inputs.Stream(StageName, name),
            threads,
            cancellation);
    }

    /// <summary>Learns data against simulation.</summary>
    /// <param name="simulation">Class 0.</param>
    /// <param name="data">Class 1.</param>
    /// <param name="options">How.</param>
    /// <param name="stream">Random streams by name.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellation">Looked at before each training step.</param>
    public static ReweightingProduct Learn(
        EventTable simulation,
        EventTable data,
        ReweightingOptions options,
        Func<string, RandomStream> stream,
        int threads,
        CancellationToken cancellation)
    {
        (simulation, data) = (SimulationReweighting.WithMass(simulation), SimulationReweighting.WithMass(data));
        var columns = EventColumns.Of(simulation, data);
        var labels = new byte[columns[0].Length];
        labels.AsSpan(simulation.Count).Fill(1);
        double[] weights = simulation.HasWeights || data.HasWeights ? [.. simulation.WeightOfEach(), .. data.WeightOfEach()] : [];
        int[] rows = [.. Enumerable.Range(0, labels.Length)];
        NetworkClassifierFit[] fits = [.. Enumerable.Range(1, options.Networks).Select(network => NetworkClassifier.Fit(
            columns,
            rows,
            labels,
            weights,
            options.Network,
            stream(FormattableString.Invariant($"network {network}")),
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
}
