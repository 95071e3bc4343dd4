using Sideband.Reporting.Terminal;
using Sideband.Search.Engines;
using Sideband.Search.Engines.Batch;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Runs;
using Sideband.Search.Settings;
using Sideband.Search.Units;

namespace Sideband.Cli.Jobs;

/// <summary>What the commands of a run directory share: its settings, inputs and plan, and what is shown of them.</summary>
/// <param name="Root">The run directory.</param>
/// <param name="Settings">As asked for.</param>
/// <param name="Quiet">Results and warnings alone are shown.</param>
/// <param name="Started">When the command began.</param>
internal sealed record SearchSession(string Root, SearchSettings Settings, bool Quiet, DateTimeOffset Started)
{
    /// <summary>Where units run.</summary>
    public EngineChoice Engine { get; init; } = EngineChoice.Default;

    /// <summary>How much memory units may take here; null: no limit.</summary>
    public MemoryLimit? Memory { get; init; }

    /// <summary>True where the command itself asks for a blind search.</summary>
    public bool AsksForBlind { get; init; }

    /// <summary>The inputs, with a warning for each that has something odd.</summary>
    public SearchInputs Load()
    {
        var inputs = Advised(() => InputLoader.Load(Settings));
        foreach (var warning in inputs.Warnings)
        {
            CommandHost.Warn(warning);
        }

        return inputs;
    }

    /// <summary>The plan of a new search.</summary>
    public SearchPlan NewPlan(SearchInputs inputs) => Advised(() => Planner.Make(Settings, inputs));

    /// <summary>The plan of a search that was begun, with the inputs that it was begun with.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="unblind">As it is once it is unblinded.</param>
    public SearchPlan Continued(RunDirectory directory, bool unblind = false)
    {
        var inputs = Load();
        FrozenInputs.Check(directory, Settings, inputs.Accounts);
        RunSeal.Check(directory);
        return Planner.Make(
            unblind ? Unblinding.Opened(directory, Settings) : Unblinding.Applied(directory, Settings),
            InjectionInputs.Add(inputs, Settings, ExperimentsFile.Read(directory).Injection));
    }

    /// <summary>Refuses units of which one alone takes more memory than is allowed.</summary>
    public void Require(SearchContext context, IReadOnlyCollection<WorkUnit> units) => Memory?.Require(context, units);

    /// <summary>What was left out, and what the tables say against the search, before anything is trained.</summary>
    public void ShowTables(SearchPlan plan)
    {
        if (!Quiet)
        {
            InputLines.Write(Consoles.Error, plan.Inputs.Accounts, plan.Checks.Roles, plan.Checks.Injected);
        }

        foreach (var warning in plan.Checks.Warnings)
        {
            CommandHost.Warn(warning);
        }
    }

    // Where the data have not the columns that the defaults ask for, what is in them says what to type.
    private T Advised<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Events.SidebandException error) when (!RunDirectory.Exists(Root) && Advice.ForDefaults(Settings) is { } advice)
        {
            throw new Events.ConfigurationException(error.Message + advice, error);
        }
    }
}
