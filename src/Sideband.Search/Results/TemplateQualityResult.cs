namespace Sideband.Search.Results;

/// <summary>How well the template of one window describes its sidebands; one number a run.</summary>
/// <param name="Sample">"data", "mc", "strip below" or "strip above".</param>
/// <param name="Auc">Of a classifier of sideband data against the template there; 0.5 where they cannot be told apart.</param>
/// <param name="KolmogorovSmirnov">Per feature the largest distance of the cumulative distributions of data and samples.</param>
/// <param name="LogLikelihood">Mean ln p(x | m) of held-out sideband events, in the features' own units.</param>
/// <param name="UndefinedHeldOut">Held-out events without a finite ln p, which are left out of the mean.</param>
/// <param name="UndescribedTraining">Sideband events that the density cannot describe and that were left out of its training.</param>
/// <param name="PooledEpochs">Numbers, from 0, of the epochs that each run's density consists of.</param>
public sealed record TemplateQualityResult(
    string Sample,
    int Number,
    RunValues Auc,
    IReadOnlyList<FeatureDistanceResult> KolmogorovSmirnov,
    RunValues LogLikelihood,
    RunValues UndefinedHeldOut,
    RunValues UndescribedTraining,
    IReadOnlyList<IReadOnlyList<int>> PooledEpochs)
{
    /// <summary>What makes the template: "density"; or "salad", "feta" or "curtains", which have no ln p and no epochs.</summary>
    public string Source { get; init; } = "density";
}

/// <summary>Kolmogorov-Smirnov distance of one feature.</summary>
public sealed record FeatureDistanceResult(string Feature, RunValues Distance);
