using Sideband.Events;

namespace Sideband.Templates;

/// <summary>What methods that make simulation like data have in common.</summary>
internal static class SimulationAssisted
{
    public static MethodTraits Traits { get; } = new()
    {
        DefaultSystematics = "strips,halves",
        RepeatableOnPseudoData = true,
        StandsMassDependence = true,
        TakesMissingValues = false,
        IsExchangeable = false,
    };

    /// <exception cref="ConfigurationException">No simulation, or one with negative weights.</exception>
    public static void Require(string method, IMethodInputs inputs)
    {
        if (!inputs.Has(InputRole.Simulation))
        {
            throw new ConfigurationException(
                $"simulation: method '{method}' needs simulated background, which it makes like the data; give --simulation FILE");
        }

        if (inputs.HasNegativeWeights(InputRole.Simulation))
        {
            throw new ConfigurationException(
                $"weight: method '{method}' compares densities, and the simulation has negative weights; "
                + "give a simulation without them, or leave --weight out");
        }
    }

    /// <summary>The window's simulation is the template; data and simulation on both sides of it are learned from.</summary>
    public static TemplateSize Size(IEventCounts counts, MassWindow window)
    {
        var region = window.SignalRegion;
        int Below(InputRole role) => counts.In(role, new MassInterval(double.NegativeInfinity, region.Low));
        int Above(InputRole role) => counts.In(role, new MassInterval(region.High, double.PositiveInfinity));
        var (simulated, searched) = (InputRole.Simulation, InputRole.Searched);
        string? empty = Below(searched) == 0 ? "data below it"
            : Above(searched) == 0 ? "data above it"
            : Below(simulated) == 0 ? "simulation below it"
            : Above(simulated) == 0 ? "simulation above it"
            : counts.In(simulated, region) == 0 ? "simulation in it" : null;
        return new TemplateSize(counts.In(simulated, region))
        {
            Learned = Below(searched) + Above(searched) + Below(simulated) + Above(simulated),
            Problem = empty is null ? null : $"has no {empty}; give other windows, another mass_range or another simulation",
        };
    }
}
