using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Transported;

/// <summary>The images that a transport gives events of a table, one of each.</summary>
public sealed record ImageProduct : IStageProduct<ImageProduct>
{
    /// <summary>Why there are none; null where there are some.</summary>
    public string? Failure { get; init; }

    /// <summary>Places, in their table, of the events that have an image.</summary>
    public int[] Sources { get; init; } = [];

    /// <summary>Masses of the images.</summary>
    public double[] Mass { get; init; } = [];

    /// <summary>Features of the images, [feature][image].</summary>
    public float[][] Features { get; init; } = [];

    /// <summary>Events without image: outside of the range that was learned.</summary>
    public int WithoutImage { get; init; }

    /// <summary>The images among what <see cref="Sideband.Learning.Transport.EventTransport.Map"/> gave.</summary>
    /// <param name="sources">Places of the events.</param>
    /// <param name="mass">Mass of each image.</param>
    /// <param name="features">NaN where there is none.</param>
    internal static ImageProduct Of(int[] sources, double[] mass, float[][] features)
    {
        int[] good = [.. Enumerable.Range(0, sources.Length).Where(i => features.All(column => float.IsFinite(column[i])))];
        return new ImageProduct
        {
            Failure = good.Length == 0 ? "the transport gives no event an image" : null,
            Sources = Array.ConvertAll(good, i => sources[i]),
            Mass = Array.ConvertAll(good, i => mass[i]),
            Features = [.. features.Select(column => Array.ConvertAll(good, i => column[i]))],
            WithoutImage = sources.Length - good.Length,
        };
    }

    public void Pack(NpzWriter archive)
    {
        archive.Add<int>("sources", Sources);
        archive.Add<double>("mass", Mass);
        archive.AddColumns("features", Features);
        archive.Add<int>("without_image", [WithoutImage]);
        archive.AddReason(Failure);
    }

    public static ImageProduct Unpack(NpzFile file) => new()
    {
        Sources = file.Read<int>("sources"),
        Mass = file.Read<double>("mass"),
        Features = file.ReadColumns("features"),
        WithoutImage = file.Read<int>("without_image")[0],
        Failure = file.ReadReason(),
    };
}
