using Sideband.Events;
using Sideband.Search.Checks;
using Sideband.Search.Inputs;
using Sideband.Search.Results;
using Sideband.Search.Scores;
using Sideband.Templates;

namespace Sideband.Search.Fits;

/// <summary>
/// Background whose shape a cut should leave as it is: the data's own where labels tell it, else Monte Carlo, of which at most 200,000
/// events, evenly over the masses, are scored.
/// </summary>
internal sealed class BackgroundSample
{
    private const int MostScored = 200_000;
    private const byte Background = 0;
    private const string Labels = "labels";

    private readonly string? _name;
    private readonly EventTable _events;
    private readonly int[] _rows;

    // Rows of the background among the events; without a name there is none.
    private BackgroundSample(string? name, EventTable events, int[] rows) => (_name, _events, _rows) = (name, events, rows);

    /// <param name="inputs">The search's.</param>
    /// <param name="range">The masses that are fitted.</param>
    /// <param name="checks">Say where events are copies, of which one is looked at.</param>
    public static BackgroundSample Of(SearchInputs inputs, MassInterval range, SearchChecks checks)
    {
        int[] Rows(InputRole role)
        {
            var events = inputs.Tables[role];
            var distinct = checks.CountVariance(role) > 1 ? DistinctEvents.Of(events) : null;
            return
            [
                .. events.IndicesIn(range).Where(i => (!events.HasLabels || events.Labels[i] == Background) && (distinct?[i] ?? true)),
            ];
        }

        if (inputs.HasLabels(InputRole.Data) && Rows(InputRole.Data) is { Length: > 0 } labelled)
        {
            return new BackgroundSample(Labels, inputs.Data, labelled);
        }

        if (!inputs.Has(InputRole.MonteCarlo))
        {
            return new BackgroundSample(null, inputs.Data, []);
        }

        var monteCarlo = inputs.Tables[InputRole.MonteCarlo];
        var rows = Rows(InputRole.MonteCarlo);
        var step = ((rows.Length - 1) / MostScored) + 1;
        var events = monteCarlo.Select([.. rows.Where((_, i) => i % step == 0)]);
        return new BackgroundSample("mc", events, [.. Enumerable.Range(0, events.Count)]);
    }

    /// <summary>The shape after the first run's cut at each working point.</summary>
    /// <param name="seed">The search's.</param>
    /// <param name="window">The window whose classifiers cut.</param>
    /// <param name="selection">What they leave of the data.</param>
    /// <param name="workingPoints">Background efficiencies.</param>
    /// <param name="score">Scores other events, each by its own fold's classifier in the first run.</param>
    public IReadOnlyList<SculptingResult> Check(
        ulong seed,
        MassWindow window,
        WindowSelection selection,
        IReadOnlyList<double> workingPoints,
        Func<EventTable, EventScores> score)
    {
        if (_name is null)
        {
            var nothing = SculptingCheck.NotChecked(null, 0, "no background with a known shape: data without labels, and no mc");
            return [.. workingPoints.Select(_ => nothing)];
        }

        // The data have scores already.
        var scored = _name == Labels ? null : score(_events);
        var check = new SculptingCheck(_name, [.. _rows.Select(row => _events.Mass[row])], seed);
        return [.. workingPoints.Select((epsilon, w) =>
        {
            var (passes, failure) = scored is null
                ? (selection.Passes[w][0], selection.Failures[w][0])
                : (WindowSelection.Flags(scored.Passing[w]), scored.Passing[w].Failure);
            return passes is null
                ? SculptingCheck.NotChecked(_name, _rows.Length, failure!)
                : check.Of([.. _rows.Select(row => passes[row])], window.Name, FormattableString.Invariant($"epsilon_b {epsilon}"));
        })];
    }
}
