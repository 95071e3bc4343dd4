using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Transported;

/// <summary>The images that a transport gives events of a table, one of each.</summary>
/// <param name="Sources">Places, in their table, of the events that have an image.</param>
/// <param name="Mass">Masses of the images.</param>
/// <param name="Features">Features of the images, [feature][image].</param>
/// <param name="WithoutImage">Events without image: outside of the range that was learned.</param>
public sealed record EventImages(int[] Sources, double[] Mass, float[][] Features, int WithoutImage)
{
    public static EventImages None { get; } = new([], [], [], 0);

    /// <summary>The images among what <see cref="Sideband.Learning.Transport.EventTransport.Map"/> gave.</summary>
    /// <param name="sources">Places of the events.</param>
    /// <param name="mass">Mass of each image.</param>
    /// <param name="features">NaN where there is none.</param>
    internal static EventImages Of(int[] sources, double[] mass, float[][] features)
    {
        int[] good = [.. Enumerable.Range(0, sources.Length).Where(i => features.All(column => float.IsFinite(column[i])))];
        return new EventImages(
            Array.ConvertAll(good, i => sources[i]),
            Array.ConvertAll(good, i => mass[i]),
            [.. features.Select(column => Array.ConvertAll(good, i => column[i]))],
            sources.Length - good.Length);
    }

    /// <summary>The events of the table as their images are; each keeps its identity.</summary>
    internal EventTable Carried(EventTable events) => events.Select(Sources).WithMass(Mass).WithFeatures(Features);

    internal void Pack(NpzWriter archive, string name)
    {
        archive.Add<int>(name + "_sources", Sources);
        archive.Add<double>(name + "_mass", Mass);
        archive.AddColumns(name + "_features", Features);
        archive.Add<int>(name + "_without_image", [WithoutImage]);
    }

    internal static EventImages Unpack(NpzFile file, string name) => new(
        file.Read<int>(name + "_sources"),
        file.Read<double>(name + "_mass"),
        file.ReadColumns(name + "_features"),
        file.Read<int>(name + "_without_image")[0]);
}
