using Sideband.Events.Readers;
using Sideband.Learning.Densities;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Learned;

/// <summary>Learns p(x | m) on the long sidebands of a window.</summary>
public sealed class DensityStage : IStage
{
    public const string StageName = "density";

    // CPU seconds of flow matching, measured on one core of a 2.x GHz server that others used too: one event in one epoch, for each
    // block of the network and unit of its width squared.
    private const double SecondsPerTrainedUnit = 1.8e-10;

    public string Name => StageName;

    /// <summary>Its number changes when the same events and options would give another product.</summary>
    public string Identity => $"{StageName} 2";

    public StageReads Reads { get; } = StageReads.Searched.Option<DensityOptions>().Option<IDensityEngine>();

    public bool DescribesSource => true;

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var fits = new List<DensityFit>();
        string[] streams = ["training", "training of the other half"];
        foreach (var part in LongSidebands.Of(inputs).Training)
        {
            fits.Add(inputs.Densities.Fit(
                inputs.Option<DensityOptions>(),
                DrawnEvents.Features(part),
                part.Mass,
                inputs.Stream(StageName, streams[fits.Count]),
                threads,
                cancellation));
            if (fits[^1].Failure is { } reason)
            {
                return DensityProduct.Of(fits, FeatureNames.In(reason, part));
            }
        }

        return DensityProduct.Of(fits, null);
    }

    public IStageProduct Unpack(NpzFile file) => DensityProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) =>
        LongSidebands.PartsOf(size.Learned).Sum(part => CostOf(part, options.Option<DensityOptions>()));

    /// <summary>Expected CPU seconds of the training on a number of events.</summary>
    public static double CostOf(double events, DensityOptions density) =>
        SecondsPerTrainedUnit * events * density.EpochsOf(events) * density.TrainingsOf(events)
        * density.Blocks * density.HiddenWidth * density.HiddenWidth;
}
