using Sideband.Events;
using Sideband.Search.Inputs;
using Sideband.Templates;

namespace Sideband.Search.Checks;

/// <summary>
/// Refuses a simulation that is the data or the pseudo-data, whatever files they are in: the template would be made of the events that it
/// is compared with, and delta_sys be 0 by construction.
/// </summary>
internal static class SimulationOverlap
{
    /// <summary>Share of the smaller sample that may be in the other; copies that a table's granularity makes are beside it.</summary>
    private const double Allowed = 0.01;

    /// <exception cref="ConfigurationException">Events of the same mass and features in both.</exception>
    public static void Refuse(SearchInputs inputs)
    {
        if (!inputs.Tables.TryGetValue(InputRole.Simulation, out var simulation))
        {
            return;
        }

        var simulated = simulation.Identity.ToArray().ToHashSet();
        foreach (var role in new[] { InputRole.Data, InputRole.MonteCarlo }.Where(inputs.Has))
        {
            var events = inputs.Tables[role];
            var identities = events.Identity.ToArray();
            var shared = identities.Count(simulated.Contains);

            var most = Allowed * Math.Min(events.Count, simulation.Count);

            // Where rows of one sample are alike by chance, as many of two samples are: at most three times as many are taken for chance.
            if (shared > most && shared > most + (3 * Math.Max(CopyCheck.ByChance(simulation), CopyCheck.ByChance(events))))
            {
                throw new ConfigurationException(
                    $"simulation: {shared} of the {events.Count} events of {role.Name} have the mass and the features of simulated ones; "
                    + "a template made of the events that it is compared with proves nothing: give another sample");
            }
        }
    }
}
