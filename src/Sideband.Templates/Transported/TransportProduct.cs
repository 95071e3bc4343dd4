using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Learning.Transport;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Transported;

/// <summary>The transport of one window, with how it was learned.</summary>
public sealed record TransportProduct : TrainedProduct, IStageProduct<TransportProduct>
{
    private const string Name = "transport";

    public static TransportProduct Of(TransportFit fit) => new()
    {
        Failure = fit.Failure is { } reason ? $"transport: {reason}" : null,
        Trained = Saved(fit.Transport is { } transport ? transport.Save : null),
        TrainingLoss = [.. fit.TrainingLoss],
        ValidationLoss = [.. fit.ValidationLoss],
    };

    /// <summary>The transport, ready to be used.</summary>
    /// <exception cref="InputDataException">Its bytes are of another version.</exception>
    public EventTransport Load() => Load(EventTransport.Load, Name);

    public override void Pack(NpzWriter archive) => PackTrained(archive, Name);

    public static TransportProduct Unpack(NpzFile file) => UnpackTrained<TransportProduct>(file, Name);
}
