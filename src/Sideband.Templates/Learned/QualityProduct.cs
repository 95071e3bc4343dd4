using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Learned;

/// <summary>The template of one window and run against the sidebands' data.</summary>
public sealed record QualityProduct : IStageProduct<QualityProduct>, ITemplateJudgement
{
    /// <summary>Why nothing was measured; null where it was.</summary>
    public string? Failure { get; init; }

    /// <summary>Null where there is no density.</summary>
    public DensityQuality? Quality { get; init; }

    /// <inheritdoc/>
    public string? Contradiction { get; init; }

    /// <inheritdoc/>
    public string? NotJudged => Failure ?? QualityLimits.NotJudged(Quality?.Auc ?? double.NaN);

    public void Pack(NpzWriter archive)
    {
        archive.Add<double>("quality", Quality is { } quality ? [quality.Auc, quality.LogLikelihood] : []);
        archive.Add<int>("quality_events", Quality is { } counted ? [counted.Events, counted.HeldOut, counted.Undefined] : []);
        archive.Add<double>("quality_ks", Quality?.KolmogorovSmirnov ?? []);
        archive.AddStrings("contradiction", Contradiction is null ? [] : [Contradiction]);
        archive.AddReason(Failure);
    }

    public static QualityProduct Unpack(NpzFile file) => new()
    {
        Quality = file.Read<double>("quality") is [var auc, var logLikelihood]
            && file.Read<int>("quality_events") is [var events, var heldOut, var undefined]
            ? new DensityQuality(events, auc, file.Read<double>("quality_ks"), heldOut, undefined, logLikelihood)
            : null,
        Contradiction = file.ReadStrings("contradiction") is [var words] ? words : null,
        Failure = file.ReadReason(),
    };
}
