using Sideband.Events.Readers;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Learned;

/// <summary>
/// Measures how good a density is where it was learned: its samples at the sidebands' own masses against the sidebands' data. Folds wait
/// for it: what the sidebands contradict (<see cref="QualityLimits"/>) trains none.
/// </summary>
public sealed class QualityStage : IStage
{
    public const string StageName = "quality";

    // CPU seconds: an ensemble of ten trees on up to 100,000 events and as many samples, and the samples themselves.
    private const double SecondsPerEvent = 1.2e-4;

    public string Name => StageName;

    /// <summary>Its number changes when the same density and events would give another product.</summary>
    public string Identity => $"{StageName} 2";

    public StageReads Reads { get; } = StageReads.Searched.Option<QualityOptions>().Option<IDensityEngine>().Stage(DensityStage.StageName);

    public bool DescribesSource => true;

    public bool JudgesTemplate => true;

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var density = inputs.Product<DensityProduct>(DensityStage.StageName);
        if (density.Failure is { } reason)
        {
            return new QualityProduct { Failure = reason };
        }

        var sidebands = LongSidebands.Of(inputs);
        var quality = DensityQuality.Of(
            density,
            inputs.Densities,
            sidebands,
            inputs.Option<QualityOptions>().Boosting,
            name => inputs.Stream(DensityStage.StageName, name),
            threads,
            cancellation);
        var contradiction = QualityLimits.Contradiction(
            quality.Auc, quality.KolmogorovSmirnov, quality.Events, sidebands.All.FeatureNames);
        return new QualityProduct { Quality = quality, Contradiction = contradiction };
    }

    public IStageProduct Unpack(NpzFile file) => QualityProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) =>
        SecondsPerEvent * Math.Min(size.Learned, DensityQuality.MostEvents);
}
