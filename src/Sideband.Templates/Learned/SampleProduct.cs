using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Learned;

/// <summary>
/// A template drawn for one window and run, and what else the folds need of the density. Columns are [feature][event]; empty ones
/// stand for what the method does not have.
/// </summary>
public sealed record SampleProduct : IStageProduct<SampleProduct>
{
    /// <summary>Why there is no template; null where there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>Template events that train every fold.</summary>
    public DrawnColumns Training { get; init; } = DrawnColumns.None;

    /// <summary>Template events that set every fold's threshold.</summary>
    public DrawnColumns Threshold { get; init; } = DrawnColumns.None;

    /// <summary>Latent features of the scored events (<see cref="IStageInputs.Scored"/>).</summary>
    public float[][] Mapped { get; init; } = [];

    /// <summary>ln p_SB(x | m) of the region's events.</summary>
    public double[] LogBackground { get; init; } = [];

    /// <summary>The same of the threshold's template events.</summary>
    public double[] LogBackgroundThreshold { get; init; } = [];

    public void Pack(NpzWriter archive)
    {
        Training.Pack(archive, "training");
        Threshold.Pack(archive, "threshold");
        archive.AddColumns("mapped", Mapped);
        archive.Add<double>("log_background", LogBackground);
        archive.Add<double>("log_background_threshold", LogBackgroundThreshold);
        archive.AddReason(Failure);
    }

    public static SampleProduct Unpack(NpzFile file) => new()
    {
        Training = DrawnColumns.Unpack(file, "training"),
        Threshold = DrawnColumns.Unpack(file, "threshold"),
        Mapped = file.ReadColumns("mapped"),
        LogBackground = file.Read<double>("log_background"),
        LogBackgroundThreshold = file.Read<double>("log_background_threshold"),
        Failure = file.ReadReason(),
    };
}

/// <summary>Masses and features of drawn events.</summary>
public sealed record DrawnColumns(double[] Mass, float[][] Features)
{
    public static DrawnColumns None { get; } = new([], []);

    internal void Pack(NpzWriter archive, string name)
    {
        archive.Add<double>(name + "_mass", Mass);
        archive.AddColumns(name + "_features", Features);
    }

    internal static DrawnColumns Unpack(NpzFile file, string name) =>
        new(file.Read<double>(name + "_mass"), file.ReadColumns(name + "_features"));
}
