using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Learning.Transport;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Transported;

/// <summary>
/// The transport of one window, with how it was learned; of few events two, of a half each (<see cref="TwoHalves"/>). The first carries
/// what a classifier is trained on; training curves are its.
/// </summary>
public sealed record TransportProduct : TrainedProduct, IStageProduct<TransportProduct>
{
    private const string Name = "transport";

    /// <summary>The transport of the other half, which carries what sets thresholds; empty where one transport does all.</summary>
    public byte[] Other { get; init; } = [];

    /// <summary>True where there are two transports.</summary>
    public bool IsHalved => Other.Length > 0;

    /// <param name="fits">The trainings, one or two; of two the first may be alone if it failed.</param>
    public static TransportProduct Of(IReadOnlyList<TransportFit> fits)
    {
        ArgumentNullException.ThrowIfNull(fits);
        var failure = fits.Select(fit => fit.Failure).FirstOrDefault(reason => reason is not null);
        byte[][] trained = [.. fits.Select(fit => Saved(failure is null ? fit.Transport!.Save : null))];
        return new TransportProduct
        {
            Failure = failure is null ? null : $"transport: {failure}",
            Trained = trained[0],
            Other = trained.Length > 1 ? trained[1] : [],
            TrainingLoss = [.. fits[0].TrainingLoss],
            ValidationLoss = [.. fits[0].ValidationLoss],
        };
    }

    /// <summary>The transport, ready to be used.</summary>
    /// <exception cref="InputDataException">Its bytes are of another version.</exception>
    public EventTransport Load() => Load(EventTransport.Load, Name);

    /// <summary>The transport of the other half.</summary>
    /// <exception cref="InputDataException">Its bytes are of another version.</exception>
    public EventTransport LoadOther() => Load(Other, EventTransport.Load, Name);

    public override void Pack(NpzWriter archive)
    {
        PackTrained(archive, Name);
        archive.Add<byte>("other_transport", Other);
    }

    public static TransportProduct Unpack(NpzFile file) => UnpackTrained<TransportProduct>(file, Name) with
    {
        Other = file.Read<byte>("other_transport"),
    };
}
