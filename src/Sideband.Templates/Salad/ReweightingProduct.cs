using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Salad;

/// <summary>The classifier of data against simulation in one window's sidebands, with how it was trained.</summary>
public sealed record ReweightingProduct : IStageProduct<ReweightingProduct>
{
    /// <summary>Why there is none; null where there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>What <see cref="ClassifierScorer.Save"/> wrote.</summary>
    public byte[] Classifier { get; init; } = [];

    /// <summary>Training loss of each epoch, mean over the networks.</summary>
    public double[] TrainingLoss { get; init; } = [];

    /// <summary>Validation loss after each epoch, likewise.</summary>
    public double[] ValidationLoss { get; init; } = [];

    /// <summary>The weights.</summary>
    /// <exception cref="InputDataException">The classifier's bytes are of another version.</exception>
    public SimulationReweighting Load()
    {
        using var stream = new MemoryStream(Classifier, writable: false);
        try
        {
            return new SimulationReweighting(ClassifierScorer.Load(stream));
        }
        catch (InvalidDataException error)
        {
            throw new InputDataException($"a stored classifier of data against simulation cannot be read: {error.Message}", error);
        }
    }

    public void Pack(NpzWriter archive)
    {
        archive.Add<byte>("classifier", Classifier);
        archive.Add<double>("training_loss", TrainingLoss);
        archive.Add<double>("validation_loss", ValidationLoss);
        archive.AddReason(Failure);
    }

    public static ReweightingProduct Unpack(NpzFile file) => new()
    {
        Classifier = file.Read<byte>("classifier"),
        TrainingLoss = file.Read<double>("training_loss"),
        ValidationLoss = file.Read<double>("validation_loss"),
        Failure = file.ReadReason(),
    };
}
