using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>What the unit of one fold found. Scores are in the order of the events of the fold in their tables.</summary>
public sealed record FoldProduct : IStageProduct<FoldProduct>
{
    // Where there are some alone: products of most folds have the bytes that they had.
    private const string LeftOutName = "left_out";

    /// <summary>Why there are no scores; null where there are.</summary>
    public string? Failure { get; init; }

    /// <summary>What <see cref="IScorer.Save"/> wrote.</summary>
    public byte[] Scorer { get; init; } = [];

    /// <summary>Scores of the fold's events among those that are scored (<see cref="IStageInputs.Scored"/>).</summary>
    public float[] DataScores { get; init; } = [];

    /// <summary>
    /// Places in <see cref="DataScores"/> of events without latent image or finite likelihood ratio: their score is 0, and they never pass.
    /// </summary>
    public int[] UndefinedData { get; init; } = [];

    /// <summary>Both.</summary>
    public ScoredRows Data => new(DataScores, UndefinedData);

    /// <summary>Scores of the template events that set the fold's thresholds.</summary>
    public float[] TemplateScores { get; init; } = [];

    /// <summary>Weights of the same events; empty where all are 1.</summary>
    public double[] TemplateWeights { get; init; } = [];

    /// <summary>Number of different events in the whole template, of which a fold may score a part or all.</summary>
    public int TemplateEvents { get; init; }

    /// <summary>The number of template events without a score.</summary>
    public int UndefinedTemplate { get; init; }

    /// <summary>The number of events that the template should have and has not (<see cref="Templates.PreparedSample.LeftOut"/>).</summary>
    public int LeftOut { get; init; }

    /// <summary>Best iteration of each member that was trained.</summary>
    public int[] BestIterations { get; init; } = [];

    /// <summary>Mean training loss over the members still training, by iteration.</summary>
    public double[] TrainingLoss { get; init; } = [];

    /// <summary>Mean loss on the members' held-out events, by iteration.</summary>
    public double[] ValidationLoss { get; init; } = [];

    /// <summary>Reasons of members that could not be trained.</summary>
    public IReadOnlyList<string> FailedMembers { get; init; } = [];

    public void Pack(NpzWriter archive)
    {
        archive.Add<byte>("scorer", Scorer);
        archive.Add<float>("data_scores", DataScores);
        archive.Add<int>("undefined_data", UndefinedData);
        archive.Add<float>("template_scores", TemplateScores);
        archive.Add<double>("template_weights", TemplateWeights);
        archive.Add<int>("template_events", [TemplateEvents]);
        archive.Add<int>("undefined_template", [UndefinedTemplate]);
        if (LeftOut > 0)
        {
            archive.Add<int>(LeftOutName, [LeftOut]);
        }

        archive.Add<int>("best_iterations", BestIterations);
        archive.Add<double>("training_loss", TrainingLoss);
        archive.Add<double>("validation_loss", ValidationLoss);
        archive.AddStrings("failed_members", FailedMembers);
        archive.AddReason(Failure);
    }

    public static FoldProduct Unpack(NpzFile file) => new()
    {
        Scorer = file.Read<byte>("scorer"),
        DataScores = file.Read<float>("data_scores"),
        UndefinedData = file.Read<int>("undefined_data"),
        TemplateScores = file.Read<float>("template_scores"),
        TemplateWeights = file.Read<double>("template_weights"),
        TemplateEvents = file.Read<int>("template_events")[0],
        UndefinedTemplate = file.Read<int>("undefined_template")[0],
        LeftOut = file.Names.Contains(LeftOutName) ? file.Read<int>(LeftOutName)[0] : 0,
        BestIterations = file.Read<int>("best_iterations"),
        TrainingLoss = file.Read<double>("training_loss"),
        ValidationLoss = file.Read<double>("validation_loss"),
        FailedMembers = file.ReadStrings("failed_members"),
        Failure = file.ReadReason(),
    };
}
