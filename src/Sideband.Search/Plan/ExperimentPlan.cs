using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Systematics;
using Sideband.Search.Units;

namespace Sideband.Search.Plan;

/// <summary>
/// The units of many experiments on the windows of a search, each experiment with as many of them in the same order, so that any part of
/// the plan is made without the rest.
/// </summary>
public sealed class ExperimentPlan
{
    private readonly IReadOnlyList<Experiment> _experiments;
    private readonly UnitFactory _factory;
    private readonly IReadOnlyDictionary<ChainSample, IReadOnlyList<WindowSize>> _sizes;

    /// <param name="search">The search.</param>
    /// <param name="experiments">At least one, none of them the search.</param>
    /// <param name="windows">Numbers of the windows that they look at; null: all.</param>
    /// <exception cref="ConfigurationException">Experiments that say nothing for the search's method.</exception>
    public ExperimentPlan(SearchPlan search, IReadOnlyList<Experiment> experiments, IReadOnlyList<int>? windows = null)
    {
        foreach (var source in experiments.Select(experiment => experiment.Source).Distinct())
        {
            if (source.Refuse(search.Settings.Method) is { } reason)
            {
                throw new ConfigurationException($"experiments: {reason}");
            }

            if (source.ArrangesWindows)
            {
                NoSignedWeights(search);
            }

            if (source.IsSimulated && search.Settings.MassRange is not null)
            {
                throw new ConfigurationException(
                    "--from simulator: its events have all masses, and the search has a mass_range; take the events from files");
            }
        }

        _experiments = experiments;
        _factory = new UnitFactory(search.Context);
        _sizes = new Dictionary<ChainSample, IReadOnlyList<WindowSize>>
        {
            [ChainSample.Data] = [.. search.Sizes.Where(size => windows?.Contains(size.Window.Number) ?? true)],
        };
        UnitsEach = _factory.Make(experiments[0], _sizes).Count;
    }

    /// <summary>Units of one experiment.</summary>
    public int UnitsEach { get; }

    /// <summary>Units of all.</summary>
    public int Count => checked(UnitsEach * _experiments.Count);

    /// <summary>The units of one experiment.</summary>
    /// <param name="place">Its place among the experiments, from 0.</param>
    public IReadOnlyList<WorkUnit> UnitsOf(int place) => _factory.Make(_experiments[place], _sizes, place * UnitsEach);

    /// <summary>The units <paramref name="first"/> to <paramref name="last"/>, both included and counted from 1.</summary>
    public IEnumerable<WorkUnit> Units(int first, int last)
    {
        for (var e = (first - 1) / UnitsEach; e <= (last - 1) / UnitsEach; e++)
        {
            foreach (var unit in UnitsOf(e).Where(unit => unit.Index >= first && unit.Index <= last))
            {
                yield return unit;
            }
        }
    }

    // Features say something about the sign, so that no exchange of events between weights is as likely as the search.
    private static void NoSignedWeights(SearchPlan search)
    {
        foreach (var role in search.Settings.Method.PreparationReads.Roles)
        {
            if (search.Context.Inputs.Tables.GetValueOrDefault(role) is { HasWeights: true } events
                && events.WeightOfEach().Any(weight => weight < 0))
            {
                throw new ConfigurationException(
                    $"experiments: {role.Name} has negative weights, and permutations would give an event's weight to the features of "
                    + "another; use experiments from simulation");
            }
        }
    }
}
