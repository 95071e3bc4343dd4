using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Learning.Transport;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Transported;

/// <summary>The transport of one window, with how it was learned.</summary>
public sealed record TransportProduct : IStageProduct<TransportProduct>
{
    /// <summary>Why there is none; null where there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>What <see cref="EventTransport.Save"/> wrote.</summary>
    public byte[] Transport { get; init; } = [];

    /// <summary>Training loss of each epoch.</summary>
    public double[] TrainingLoss { get; init; } = [];

    /// <summary>Validation loss after each epoch.</summary>
    public double[] ValidationLoss { get; init; } = [];

    public static TransportProduct Of(TransportFit fit)
    {
        using var bytes = new MemoryStream();
        fit.Transport?.Save(bytes);
        return new TransportProduct
        {
            Failure = fit.Failure is { } reason ? $"transport: {reason}" : null,
            Transport = bytes.ToArray(),
            TrainingLoss = [.. fit.TrainingLoss],
            ValidationLoss = [.. fit.ValidationLoss],
        };
    }

    /// <summary>The transport, ready to be used.</summary>
    /// <exception cref="InputDataException">Its bytes are of another version.</exception>
    public EventTransport Load()
    {
        using var stream = new MemoryStream(Transport, writable: false);
        try
        {
            return EventTransport.Load(stream);
        }
        catch (InvalidDataException error)
        {
            throw new InputDataException($"a stored transport cannot be read: {error.Message}", error);
        }
    }

    public void Pack(NpzWriter archive)
    {
        archive.Add<byte>("transport", Transport);
        archive.Add<double>("training_loss", TrainingLoss);
        archive.Add<double>("validation_loss", ValidationLoss);
        archive.AddReason(Failure);
    }

    public static TransportProduct Unpack(NpzFile file) => new()
    {
        Transport = file.Read<byte>("transport"),
        TrainingLoss = file.Read<double>("training_loss"),
        ValidationLoss = file.Read<double>("validation_loss"),
        Failure = file.ReadReason(),
    };
}
