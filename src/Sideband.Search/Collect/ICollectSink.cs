using Sideband.Search.Results;

namespace Sideband.Search.Collect;

/// <summary>Takes what is too large to be kept in memory for all windows.</summary>
public interface ICollectSink
{
    void Summary(WindowSummary summary);

    /// <param name="data">Scores of a window's data.</param>
    /// <param name="template">Scores of its template events, where they are kept.</param>
    void Scores(ScoreTable data, ScoreTable? template);

    /// <param name="experiments">What the experiments of one kind found, one by one.</param>
    void Experiments(ExperimentSummary experiments);
}
