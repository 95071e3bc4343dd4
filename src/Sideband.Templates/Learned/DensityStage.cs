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

    public StageReads Reads { get; } = StageReads.Searched.Option<DensityOptions>().Option<IDensityEngine>();

    public bool DescribesSource => true;

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var sidebands = LongSidebands.Of(inputs);
        var fit = inputs.Densities.Fit(
            inputs.Option<DensityOptions>(),
            DrawnEvents.Features(sidebands.Training),
            sidebands.Training.Mass,
            inputs.Stream(StageName, "training"),
            threads,
            cancellation);
        return DensityProduct.Of(fit, fit.Failure is { } reason ? FeatureNames.In(reason, sidebands.Training) : null);
    }

    public IStageProduct Unpack(NpzFile file) => DensityProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) => CostOf(size.Learned, options.Option<DensityOptions>());

    /// <summary>Expected CPU seconds of the training on a number of events.</summary>
    public static double CostOf(double events, DensityOptions density) =>
        SecondsPerTrainedUnit * events * density.EpochsOf(events) * density.TrainingsOf(events)
        * density.Blocks * density.HiddenWidth * density.HiddenWidth;
}
