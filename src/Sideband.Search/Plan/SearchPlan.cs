using Sideband.Events;
using Sideband.Learning.Boosting;
using Sideband.Search.Inputs;
using Sideband.Search.Settings;
using Sideband.Search.Work;
using Sideband.Templates;

namespace Sideband.Search.Plan;

/// <summary>All work units of a search, in a fixed order, and what they share.</summary>
/// <param name="Settings">The complete settings.</param>
/// <param name="Inputs">The loaded events.</param>
/// <param name="Boosting">Options of every classifier.</param>
/// <param name="Spectrum">Bins of the mass spectra.</param>
/// <param name="DataWindows">Windows whose data are scored: the searched ones and, for delta_sys from labels, its grid.</param>
/// <param name="MonteCarloWindows">Windows of the pseudo-data; empty where delta_sys does not come from there.</param>
/// <param name="Units">In plan order.</param>
/// <param name="Rows">Per searched window, the counts that are shown before any training.</param>
public sealed record SearchPlan(
    SearchSettings Settings,
    SearchInputs Inputs,
    BoostingOptions Boosting,
    SpectrumBins Spectrum,
    IReadOnlyList<MassWindow> DataWindows,
    IReadOnlyList<MassWindow> MonteCarloWindows,
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

    /// <summary>What the method may use of a sample.</summary>
    public TemplateInputs TemplateInputs(SampleRole sample) => sample == SampleRole.Data
        ? new TemplateInputs(Inputs.Data, Inputs.IdealBackground, Inputs.Signal, Settings.SidebandWidth, Settings.SidebandBalance)
        : new TemplateInputs(Inputs.MonteCarlo!, null, null, Settings.SidebandWidth, Settings.SidebandBalance);
}

/// <summary>One window of the table that is shown before any training.</summary>
/// <param name="Events">N_SR.</param>
/// <param name="TemplateEvents">N_BT.</param>
/// <param name="Expected">eps_B N_SR at each working point.</param>
public sealed record PlanRow(MassWindow Window, int Events, int TemplateEvents, IReadOnlyList<double> Expected);
