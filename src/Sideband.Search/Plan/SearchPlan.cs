using Sideband.Events;
using Sideband.Learning.Boosting;
using Sideband.Learning.Densities;
using Sideband.Search.Inputs;
using Sideband.Search.Settings;
using Sideband.Search.Work;
using Sideband.Templates;

namespace Sideband.Search.Plan;

/// <summary>All work units of a search, in a fixed order, and what they share.</summary>
/// <param name="Settings">The complete settings.</param>
/// <param name="Inputs">The loaded events.</param>
/// <param name="Boosting">Options of every classifier.</param>
/// <param name="Density">Options of every density; null where the method learns none.</param>
/// <param name="Densities">Trains and loads the densities.</param>
/// <param name="Spectrum">Bins of the mass spectra.</param>
/// <param name="Windows">Per sample the windows whose events are scored.</param>
/// <param name="Units">In plan order: densities, samples, folds.</param>
/// <param name="Rows">Per searched window, the counts that are shown before any training.</param>
public sealed record SearchPlan(
    SearchSettings Settings,
    SearchInputs Inputs,
    BoostingOptions Boosting,
    DensityOptions? Density,
    IDensityEngine Densities,
    SpectrumBins Spectrum,
    PlanWindows Windows,
    IReadOnlyList<WorkUnit> Units,
    IReadOnlyList<PlanRow> Rows)
{
    /// <summary>Expected CPU time of all units, in seconds.</summary>
    public double Cost
    {
        get
        {
            var sum = 0.0;
            foreach (var unit in Units)
            {
                sum += unit.Cost;
            }

            return sum;
        }
    }

    /// <summary>The events that a sample consists of or is drawn from.</summary>
    public EventTable EventsOf(SampleRole sample) => sample == SampleRole.MonteCarlo ? Inputs.MonteCarlo! : Inputs.Data;

    /// <summary>Test events in a window, which are scored with the data; null where there are none.</summary>
    public EventTable? TestEvents(SampleRole sample, MassWindow window) =>
        sample == SampleRole.Data && Inputs.Test is { } test ? test.Select(test.IndicesIn(window.SignalRegion)) : null;

    /// <summary>What the method may use of a sample.</summary>
    public TemplateInputs TemplateInputs(SampleRole sample) => sample == SampleRole.MonteCarlo
        ? new TemplateInputs(Inputs.MonteCarlo!, null, null, Settings.SidebandWidth, Settings.SidebandBalance)
        : new TemplateInputs(Inputs.Data, Inputs.IdealBackground, Inputs.Signal, Settings.SidebandWidth, Settings.SidebandBalance);
}

/// <summary>One window of the table that is shown before any training.</summary>
/// <param name="Events">N_SR.</param>
/// <param name="TemplateEvents">N_BT.</param>
/// <param name="Expected">eps_B N_SR at each working point.</param>
public sealed record PlanRow(MassWindow Window, int Events, int TemplateEvents, IReadOnlyList<double> Expected);
