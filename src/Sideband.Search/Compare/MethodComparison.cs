using System.Globalization;
using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Results;
using Sideband.Search.Runs;

namespace Sideband.Search.Compare;

/// <summary>
/// Finished searches of one data set side by side (arXiv:2307.11157): their templates, which events they score highest, how well they find
/// signal.
/// </summary>
public sealed class MethodComparison
{
    private const int ScatterEvents = 1000;

    private readonly IReadOnlyList<ComparedRun> _runs;
    private readonly IReadOnlyList<MethodGroup> _groups;
    private readonly IReadOnlyList<MassWindow> _windows;
    private readonly CompareOptions _options;
    private readonly bool _oneTest;

    /// <param name="runs">At least one; runs that differ in their seed alone are more trainings of one method.</param>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="ConfigurationException">Runs on other data, windows, features or folds; a window that is not searched.</exception>
    public MethodComparison(IReadOnlyList<ComparedRun> runs, CompareOptions options)
    {
        SameSearch.Require(runs);
        (_runs, _options) = (runs, options);
        (_groups, _oneTest) = (MethodGroup.Of(runs), SameSearch.HaveOneTest(runs));
        foreach (var number in options.Windows.Where(number => runs[0].Windows.All(window => window.Number != number)))
        {
            var searched = string.Join(", ", runs[0].Windows.Select(window => window.Number.ToString(CultureInfo.InvariantCulture)));
            throw new ConfigurationException($"--windows: window {number} is not searched; allowed: {searched}");
        }

        _windows = [.. runs[0].Windows.Where(window => options.Windows.Count == 0 || options.Windows.Contains(window.Number))];
    }

    /// <summary>Compares in each window.</summary>
    /// <param name="finished">Called with the number of each window that is done.</param>
    /// <param name="cancellation">Looked at before each training.</param>
    /// <exception cref="InputDataException">A unit of a search is not there.</exception>
    public (ComparisonResult Result, IReadOnlyList<ComparisonCurves> Curves) Run(Action<int> finished, CancellationToken cancellation)
    {
        var (results, curves) = (new List<ComparedWindowResult>(), new List<ComparisonCurves>());
        foreach (var window in _windows)
        {
            cancellation.ThrowIfCancellationRequested();
            var (result, drawn) = Compare(window, cancellation);
            results.Add(result);
            curves.Add(drawn);
            finished(window.Number);
        }

        return (
            new ComparisonResult
            {
                Version = Provenance.VersionAndCommit().Version,
                Mass = _runs[0].Settings.Mass,
                Features = _runs[0].Plan.Inputs.Data.FeatureNames,
                Trainings = _options.Trainings,
                Members = _options.Members,
                Methods = [.. _groups.Select(group => group.Result)],
                Windows = results,
            },
            curves);
    }

    private (ComparedWindowResult Result, ComparisonCurves Curves) Compare(MassWindow window, CancellationToken cancellation)
    {
        var seed = _runs[0].Settings.Seed;
        var truth = TrueBackground.Of(_runs[0], _oneTest, window);
        TemplateSample[] templates = [.. _groups.Select(group => TemplateSample.Of(group, window))];
        var events = EventClasses.Of(_runs[0], window, _oneTest, TestNote());
        MethodScores[] scores = [.. _groups.Select(group => MethodScores.Of(group, window, _oneTest))];
        var signal = new SignalComparison(scores, events, Background(window));
        return (
            new ComparedWindowResult
            {
                Number = window.Number,
                Low = window.SignalRegion.Low,
                High = window.SignalRegion.High,
                Events = _runs[0].Plan.Inputs.Data.CountIn(window.SignalRegion),
                Truth = truth.Result,
                Templates = [.. templates.Select(template => template.Result)],
                Distances = TemplateDistances.Of(templates, truth, seed),
                Separations = new TemplateSeparation(_options, seed, window.Name).Of(templates, truth, cancellation),
                LogPosterior = LogPosteriors.Of(templates, truth.Events, _options, seed, window.Name, cancellation),
                Scored = events.Result,
                Correlations = ScoreComparison.Correlations(scores, events),
                Overlaps = ScoreComparison.Overlaps(scores, events),
                Performance = signal.Performance(),
            },
            new ComparisonCurves(
                window.Number,
                signal.Curves(),
                ScoreComparison.Scatter(
                    scores, events, ScatterEvents, name => RandomStream.For(seed, "compare", window.Name, "scatter", name))));
    }

    private string? TestNote() => _oneTest || _runs.All(run => run.Plan.Inputs.Test is null)
        ? null
        : "not every run has the same test events";

    // N_SR less the labelled signal.
    private int Background(MassWindow window)
    {
        var data = _runs[0].Plan.Inputs.Data;
        var rows = data.IndicesIn(window.SignalRegion);
        return data.HasLabels ? rows.Count(row => data.Labels[row] == 0) : rows.Length;
    }
}
