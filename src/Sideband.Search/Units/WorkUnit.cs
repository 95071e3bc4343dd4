using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Systematics;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>
/// One unit of work: a stage of one window, run and sample. A pure function of what its stage declares to read, its random streams and
/// the units that it needs, all of which its key covers.
/// </summary>
/// <param name="Index">
/// Position in the plan, from 1; units stand behind those that they need. 0: of the search, and needed by the plan's experiments.
/// </param>
/// <param name="Stage">What it does.</param>
/// <param name="Place">What it works on.</param>
/// <param name="Key">Hash of everything that the unit's result depends on; by which the store finds it.</param>
/// <param name="Cost">Expected CPU time in seconds.</param>
/// <param name="Needs">Units whose products this one reads.</param>
public sealed record WorkUnit(int Index, IStage Stage, UnitPlace Place, string Key, double Cost, IReadOnlyList<WorkUnit> Needs)
{
    /// <summary>Events and options that the key is made of, and by which alone the unit may be done.</summary>
    public required SearchContext Context { get; init; }

    /// <summary>Bytes that it is expected to take.</summary>
    public required UnitMemory Memory { get; init; }

    public Experiment Experiment => Place.Experiment;

    public ChainSample Sample => Place.Sample;

    public MassWindow Window => Place.Window;

    /// <summary>From 1.</summary>
    public int Run => Place.Run;

    /// <summary>
    /// The name by which progress and failures call the unit, for example <c>experiment 0/data/window 5/run 2/fold 3</c>.
    /// </summary>
    public string Name => $"{Place.Name}/{Stage.Name}";
}
