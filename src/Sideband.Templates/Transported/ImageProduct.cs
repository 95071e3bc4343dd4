using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Transported;

/// <summary>The images that the transport of a window gives events of a table.</summary>
public sealed record ImageProduct : IStageProduct<ImageProduct>
{
    private const string TrainingName = "training", ThresholdName = "threshold";

    /// <summary>Why there are none; null where there are some.</summary>
    public string? Failure { get; init; }

    /// <summary>The images that folds are trained on.</summary>
    public EventImages Training { get; init; } = EventImages.None;

    /// <summary>Those that set thresholds, by the transport of the other half; null where they are the same.</summary>
    public EventImages? Threshold { get; init; }

    /// <summary>Events that have no image, by either transport.</summary>
    public int WithoutImage => Training.WithoutImage + (Threshold?.WithoutImage ?? 0);

    internal static ImageProduct Of(EventImages training, EventImages? threshold) => new()
    {
        Failure = training.Sources.Length == 0 || threshold?.Sources.Length == 0 ? "the transport gives no event an image" : null,
        Training = training,
        Threshold = threshold,
    };

    public void Pack(NpzWriter archive)
    {
        Training.Pack(archive, TrainingName);
        archive.Add<byte>("halved", [(byte)(Threshold is null ? 0 : 1)]);
        Threshold?.Pack(archive, ThresholdName);
        archive.AddReason(Failure);
    }

    public static ImageProduct Unpack(NpzFile file) => new()
    {
        Training = EventImages.Unpack(file, TrainingName),
        Threshold = file.Read<byte>("halved")[0] == 1 ? EventImages.Unpack(file, ThresholdName) : null,
        Failure = file.ReadReason(),
    };
}
