using Sideband.Events.Readers;
using Sideband.Events.Writers;

namespace Sideband.Search.Work;

/// <summary>The density of one window's sidebands, with how it was learned and how good it is.</summary>
public sealed record DensityProduct : IUnitProduct<DensityProduct>
{
    /// <summary>Why there is no density; null where there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>What <see cref="Learning.Densities.IConditionalDensity.Save"/> wrote.</summary>
    public byte[] Density { get; init; } = [];

    /// <summary>Training loss of each epoch.</summary>
    public double[] TrainingLoss { get; init; } = [];

    /// <summary>Validation loss after each epoch.</summary>
    public double[] ValidationLoss { get; init; } = [];

    /// <summary>Numbers, from 0, of the epochs that the density consists of.</summary>
    public int[] PooledEpochs { get; init; } = [];

    /// <summary>The template against the sidebands' data; null where there is no density.</summary>
    public DensityQuality? Quality { get; init; }

    public void Pack(NpzWriter archive)
    {
        archive.Add<byte>("density", Density);
        archive.Add<double>("training_loss", TrainingLoss);
        archive.Add<double>("validation_loss", ValidationLoss);
        archive.Add<int>("pooled_epochs", PooledEpochs);
        archive.Add<double>("quality", Quality is { } quality ? [quality.Auc, quality.LogLikelihood] : []);
        archive.Add<int>("quality_events", Quality is { } counted ? [counted.Events, counted.HeldOut, counted.Undefined] : []);
        archive.Add<double>("quality_ks", Quality?.KolmogorovSmirnov ?? []);
        archive.AddReason(Failure);
    }

    public static DensityProduct Unpack(NpzFile file) => new()
    {
        Density = file.Read<byte>("density"),
        TrainingLoss = file.Read<double>("training_loss"),
        ValidationLoss = file.Read<double>("validation_loss"),
        PooledEpochs = file.Read<int>("pooled_epochs"),
        Quality = file.Read<double>("quality") is [var auc, var logLikelihood] && file.Read<int>("quality_events") is [var events, var heldOut, var undefined]
            ? new DensityQuality(events, auc, file.Read<double>("quality_ks"), heldOut, undefined, logLikelihood)
            : null,
        Failure = file.ReadReason(),
    };
}
