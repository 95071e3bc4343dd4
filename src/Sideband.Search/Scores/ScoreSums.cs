using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Scores;

/// <summary>Sums over folds, or over runs, of every event's score and of whether it passes.</summary>
/// <param name="events">Number of events.</param>
/// <param name="workingPoints">Background efficiencies.</param>
internal sealed class ScoreSums(int events, IReadOnlyList<double> workingPoints)
{
    private readonly double[] _scores = new double[events];
    private readonly int[] _terms = new int[events];
    private readonly double[][] _passing = [.. workingPoints.Select(_ => new double[events])];
    private readonly string?[] _failures = new string?[workingPoints.Count];

    /// <summary>A fold without classifier: no working point has an efficiency.</summary>
    public void Fail(string fold, string reason)
    {
        for (var w = 0; w < _failures.Length; w++)
        {
            _failures[w] ??= $"{fold}: {reason}";
        }
    }

    /// <summary>Adds a fold.</summary>
    /// <param name="scores">By its classifier.</param>
    /// <param name="rows">Index of the event of each score.</param>
    /// <param name="thresholds">One a working point.</param>
    /// <param name="fold">Its name in reasons.</param>
    public void Add(ScoredRows scores, int[] rows, Threshold[] thresholds, string fold)
    {
        var undefined = scores.Undefined.ToHashSet();
        for (var i = 0; i < rows.Length; i++)
        {
            if (!undefined.Contains(i))
            {
                _scores[rows[i]] += scores.Scores[i];
                _terms[rows[i]]++;
            }
        }

        for (var w = 0; w < thresholds.Length; w++)
        {
            if (thresholds[w].Unusable is { } reason)
            {
                _failures[w] ??= $"{fold}: {reason}";
                continue;
            }

            var passing = scores.Passing(thresholds[w].Score);
            for (var i = 0; i < rows.Length; i++)
            {
                _passing[w][rows[i]] += passing[i] ? 1 : 0;
            }
        }
    }

    /// <summary>Adds the means of the events that have a score to other sums.</summary>
    public void AddMeansTo(ScoreSums other)
    {
        for (var i = 0; i < events; i++)
        {
            if (_terms[i] > 0)
            {
                other._scores[i] += _scores[i] / _terms[i];
                other._terms[i]++;
                for (var w = 0; w < _passing.Length; w++)
                {
                    other._passing[w][i] += _passing[w][i] / _terms[i];
                }
            }
        }

        for (var w = 0; w < _failures.Length; w++)
        {
            other._failures[w] ??= _failures[w];
        }
    }

    /// <summary>The means as the scores of a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="scored">The events.</param>
    /// <param name="trained">Which of them were trained on.</param>
    public EventScores Scores(MassWindow window, EventTable scored, bool[] trained) => new(
        window,
        scored,
        [.. _scores.Select((sum, i) => _terms[i] == 0 ? float.NaN : (float)(sum / _terms[i]))],
        trained,
        [
            .. workingPoints.Select((epsilon, w) => new PassingEventFractions(
                epsilon, [.. _passing[w].Select((sum, i) => _terms[i] == 0 ? 0 : sum / _terms[i])], _failures[w])),
        ],
        _terms.Count(terms => terms == 0));
}
