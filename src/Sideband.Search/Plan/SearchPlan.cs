using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Checks;
using Sideband.Search.Inputs;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Search.Plan;

/// <summary>All work units of a search, in a fixed order, and what they share.</summary>
/// <param name="Context">Settings, inputs and options.</param>
/// <param name="Estimate">The estimate of delta_sys that enters N_exp.</param>
/// <param name="Windows">Per sample the windows whose events are scored.</param>
/// <param name="Sizes">Numbers of events in each searched window.</param>
/// <param name="Units">In plan order, stage by stage.</param>
/// <param name="Rows">Per searched window, the counts that are shown before any training.</param>
public sealed record SearchPlan(
    SearchContext Context,
    ShiftEstimate Estimate,
    PlanWindows Windows,
    IReadOnlyList<WindowSize> Sizes,
    IReadOnlyList<WorkUnit> Units,
    IReadOnlyList<PlanRow> Rows)
{
    private readonly Lazy<ILookup<(ChainSample, MassInterval), WorkUnit>> _byWindow =
        new(() => Units.ToLookup(unit => (unit.Sample, unit.Window.SignalRegion)));

    private readonly Lazy<SearchChecks> _checks = new(() => SearchChecks.Of(Context.Settings, Context.Inputs));

    /// <summary>What the tables say against the search; made when it is asked for, as workers need none of it.</summary>
    public SearchChecks Checks => _checks.Value;

    public SearchSettings Settings => Context.Settings;

    public SearchInputs Inputs => Context.Inputs;

    /// <summary>How often events are there in the counts of data and template; the sources of a combination share events.</summary>
    /// <param name="searched">The role whose events are searched: the data, or what stands for them; null: they are simulated.</param>
    /// <param name="kept">The part of their pairs of copies, for each event, that is there where not all of them are.</param>
    public CountRepetition RepetitionOf(InputRole? searched, double kept = 1)
    {
        var data = searched is null ? 1 : 1 + (kept * (Checks.CountVariance(searched) - 1));
        if (Sizes.Any(size => size.Template.Drawn is not null))
        {
            return new CountRepetition(data, 1);
        }

        // A template of other events than the searched ones has copies of its own.
        InputRole[] given = [.. Settings.Method.PreparationReads.Roles.Where(
            role => role != InputRole.Searched && role != InputRole.Signal && Inputs.Has(role))];
        var copies = given.Length == 0 ? data : given.Max(Checks.CountVariance);
        return Sizes.All(size => size.Template.Sources.Count == 0)
            ? new CountRepetition(data, copies)
            : new CountRepetition(data, Math.Max(data, copies) * Sizes.Max(size => size.Template.Sharing));
    }

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

    /// <summary>
    /// The units that results are made of. Large products that folds alone read are not among them, but for those of the first run, whose
    /// template is shown.
    /// </summary>
    public IEnumerable<WorkUnit> ToCollect => Units.Where(unit =>
        !unit.Stage.IsIntermediate || (unit.Sample == ChainSample.Data && (unit.Run == 1 || Settings.KeepTemplateScores)));

    /// <summary>The units of one window of one sample, in plan order.</summary>
    public IEnumerable<WorkUnit> UnitsOf(ChainSample sample, MassWindow window) => _byWindow.Value[(sample, window.SignalRegion)];
}

/// <summary>One window of the table that is shown before any training.</summary>
/// <param name="Window">The window.</param>
/// <param name="Events">N_SR.</param>
/// <param name="TemplateEvents">N_BT.</param>
/// <param name="TemplateParts">The number of parts that the template is divided into for the thresholds.</param>
/// <param name="Expected">eps_B N_SR at each working point.</param>
public sealed record PlanRow(MassWindow Window, int Events, int TemplateEvents, int TemplateParts, IReadOnlyList<double> Expected);
