using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Quality;

/// <summary>The template of a method as it is beside the window, against the data there.</summary>
public sealed record ComparisonProduct : IStageProduct<ComparisonProduct>, ITemplateJudgement
{
    /// <summary>Why nothing was measured; null where it was.</summary>
    public string? Failure { get; init; }

    /// <summary>Events of each kind that the errors are those of: 2 n1 n2/(n1 + n2), weighted and repeated events at their worth.</summary>
    public int Events { get; init; }

    /// <summary>AUC of a classifier of data against template; 0.5 where they cannot be told apart.</summary>
    public double Auc { get; init; } = double.NaN;

    /// <summary>Kolmogorov-Smirnov distance of each feature.</summary>
    public double[] KolmogorovSmirnov { get; init; } = [];

    /// <inheritdoc/>
    public string? Contradiction { get; init; }

    /// <inheritdoc/>
    public string? NotJudged => Failure ?? QualityLimits.NotJudged(Auc);

    public void Pack(NpzWriter archive)
    {
        archive.Add<int>("events", [Events]);
        archive.Add<double>("auc", [Auc]);
        archive.Add<double>("ks", KolmogorovSmirnov);
        archive.AddStrings("contradiction", Contradiction is null ? [] : [Contradiction]);
        archive.AddReason(Failure);
    }

    public static ComparisonProduct Unpack(NpzFile file) => new()
    {
        Events = file.Read<int>("events")[0],
        Auc = file.Read<double>("auc")[0],
        KolmogorovSmirnov = file.Read<double>("ks"),
        Contradiction = file.ReadStrings("contradiction") is [var words] ? words : null,
        Failure = file.ReadReason(),
    };
}
