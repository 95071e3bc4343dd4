using System.Globalization;
using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Inputs;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Search.Plan;

/// <summary>The samples beside the data that a method reads, as messages name them.</summary>
internal static class GivenSamples
{
    public static IEnumerable<InputRole> Roles(SearchSettings settings) =>
        new[] { InputRole.IdealBackground, InputRole.Simulation, InputRole.Signal }
            .Where(settings.Method.PreparationReads.Roles.Contains);

    /// <summary>The files of a sample.</summary>
    public static string Files(EventTable events) => string.Join(", ", events.Sources.Select(source => source.Name));

    /// <summary>
    /// The range of masses of each sample that has fewer events in the window than are needed: the unit may be another than the data's.
    /// </summary>
    /// <returns>What follows a message; empty where no sample is to blame.</returns>
    public static string MassesOfTooFew(SearchContext context, ChainSample sample, MassInterval region, int needed)
    {
        var ranges = "";
        foreach (var role in Roles(context.Settings))
        {
            if (context.Events(Experiment.Search, sample, role) is { Count: > 0 } events && events.CountIn(region) < needed)
            {
                var range = MassRange.Of(events);
                ranges += string.Create(
                    CultureInfo.InvariantCulture,
                    $"; {context.Settings.Mass} of {role.Name} ({Files(events)}) runs from {range.Low:G6} to {range.High:G6}");
            }
        }

        return ranges;
    }
}
