using System.Text.Json.Serialization;
using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Search.Inputs;
using Sideband.Templates;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Experiments;

/// <summary>
/// Where the events of an experiment come from. Immutable; its type and properties, and the events of its origins, tell sources apart in
/// keys.
/// </summary>
public abstract record ExperimentSource
{
    /// <summary>The inputs whose events are read; of the data, the columns' names may be read by every source.</summary>
    public virtual IReadOnlyList<InputRole> Origins => [InputRole.Data];

    /// <summary>True where there are events of the simulator among them, which have all masses.</summary>
    [JsonIgnore]
    public virtual bool IsSimulated => false;

    /// <summary>
    /// True where the experiment is the search's own prepared windows, arranged anew: densities and samples are the search's, and nothing
    /// but folds is done again.
    /// </summary>
    [JsonIgnore]
    public virtual bool ArrangesWindows => false;

    /// <summary>
    /// The masses that a density of the data is learned without, from which the events are drawn; null where they are not. It is learned
    /// once for all experiments, and their keys hold that of its unit.
    /// </summary>
    [JsonIgnore]
    public virtual MassInterval? DensityWithout => null;

    /// <summary>True where events are there several times, as in its origin: a spectrum that is kept has each of them once.</summary>
    [JsonIgnore]
    public virtual bool HasCopies => false;

    /// <summary>
    /// The part of its origin's pairs of copies, for each of its events, that an experiment's counts vary by: all of them where it holds
    /// every event; none where events are made anew, or drawn with replacement, each independently of the others.
    /// </summary>
    /// <param name="inputs">The search's.</param>
    public virtual double CopiesKept(SearchInputs inputs) => 1;

    /// <summary>The searched events, in canonical order and with the identity that they had when they were read.</summary>
    /// <param name="inputs">Events by role.</param>
    /// <param name="stream">The experiment's.</param>
    public abstract EventTable Events(Func<InputRole, EventTable> inputs, Func<string, RandomStream> stream);

    /// <summary>The same for events that are drawn from a density (<see cref="DensityWithout"/>).</summary>
    /// <param name="inputs">Events by role.</param>
    /// <param name="stream">The experiment's.</param>
    /// <param name="density">p(x | m) of the data.</param>
    public virtual EventTable Events(
        Func<InputRole, EventTable> inputs, Func<string, RandomStream> stream, IConditionalDensity density) => Events(inputs, stream);

    /// <summary>What the folds of a window are trained on, where the source arranges prepared events anew.</summary>
    /// <param name="sample">As the method prepared it.</param>
    /// <param name="stream">Of the window and run.</param>
    /// <param name="classifier">The search's.</param>
    public virtual PreparedSample Arrange(PreparedSample sample, RandomStream stream, ClassifierOptions classifier) => sample;

    /// <summary>Why experiments of this kind say nothing for a method; null where they do.</summary>
    public virtual string? Refuse(ITemplateMethod method) => null;
}

/// <summary>The data as they are.</summary>
public sealed record DataAsTheyAre : ExperimentSource
{
    public override EventTable Events(Func<InputRole, EventTable> inputs, Func<string, RandomStream> stream) => inputs(InputRole.Data);
}
