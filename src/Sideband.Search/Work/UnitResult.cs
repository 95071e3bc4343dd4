using Sideband.Events.Readers;
using Sideband.Events.Writers;

namespace Sideband.Search.Work;

/// <summary>What the unit of one fold found. Scores are in the order of the events of the fold in their tables.</summary>
public sealed record UnitResult : IUnitProduct<UnitResult>
{
    /// <summary>Why there are no scores; null where there are.</summary>
    public string? Failure { get; init; }

    /// <summary>Scores of the fold's data in the region.</summary>
    public float[] DataScores { get; init; } = [];

    /// <summary>Scores of the template events that set the fold's thresholds.</summary>
    public float[] TemplateScores { get; init; } = [];

    /// <summary>Scores of all test events in the window.</summary>
    public float[] TestScores { get; init; } = [];

    /// <summary>[working point x <see cref="SpectrumBins.Count"/>] events of the fold, at any mass, that pass the fold's threshold.</summary>
    public int[] PassingSpectrum { get; init; } = [];

    /// <summary>Best iteration of each member that was trained.</summary>
    public int[] BestIterations { get; init; } = [];

    /// <summary>Mean training loss over the members still training, by iteration.</summary>
    public double[] TrainingLoss { get; init; } = [];

    /// <summary>Mean loss on the members' held-out events, by iteration.</summary>
    public double[] ValidationLoss { get; init; } = [];

    /// <summary>Reasons of members that could not be trained.</summary>
    public IReadOnlyList<string> FailedMembers { get; init; } = [];

    /// <summary>The fold's data in the region without latent image or finite likelihood ratio: their score is 0, and they never pass.</summary>
    public int UndefinedData { get; init; }

    /// <summary>The same of the template events.</summary>
    public int UndefinedTemplate { get; init; }

    public void Pack(NpzWriter archive)
    {
        archive.Add<float>("data_scores", DataScores);
        archive.Add<float>("template_scores", TemplateScores);
        archive.Add<float>("test_scores", TestScores);
        archive.Add<int>("passing_spectrum", PassingSpectrum);
        archive.Add<int>("best_iterations", BestIterations);
        archive.Add<double>("training_loss", TrainingLoss);
        archive.Add<double>("validation_loss", ValidationLoss);
        archive.AddStrings("failed_members", FailedMembers);
        archive.Add<int>("undefined", [UndefinedData, UndefinedTemplate]);
        archive.AddReason(Failure);
    }

    public static UnitResult Unpack(NpzFile file) => new()
    {
        DataScores = file.Read<float>("data_scores"),
        TemplateScores = file.Read<float>("template_scores"),
        TestScores = file.Read<float>("test_scores"),
        PassingSpectrum = file.Read<int>("passing_spectrum"),
        BestIterations = file.Read<int>("best_iterations"),
        TrainingLoss = file.Read<double>("training_loss"),
        ValidationLoss = file.Read<double>("validation_loss"),
        FailedMembers = file.ReadStrings("failed_members"),
        UndefinedData = file.Read<int>("undefined")[0],
        UndefinedTemplate = file.Read<int>("undefined")[1],
        Failure = file.ReadReason(),
    };
}
