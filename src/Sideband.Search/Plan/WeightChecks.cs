using System.Globalization;
using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Experiments;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Search.Plan;

/// <summary>What weighted events of a window are worth: a sum that is not positive is no sample, however many events there are.</summary>
internal static class WeightChecks
{
    /// <exception cref="InputDataException">A sum of weights that is not positive, in the window or a strip beside it.</exception>
    public static void Window(SearchContext context, ChainSample sample, MassWindow window)
    {
        var (region, settings) = (window.SignalRegion, context.Settings);
        var (lower, upper) = window.ShortSidebands(settings.SidebandWidth);
        (InputRole Role, MassInterval Masses, string Where)[] places =
        [
            (InputRole.Searched, region, ""),
            .. settings.Method.Traits.StandsMassDependence
                ? Array.Empty<(InputRole, MassInterval, string)>()
                : [(InputRole.Searched, lower, "the lower strip of "), (InputRole.Searched, upper, "the upper strip of ")],
            .. new[] { InputRole.IdealBackground, InputRole.Simulation, InputRole.Signal }
                .Where(settings.Method.PreparationReads.Roles.Contains).Select(role => (role, region, "")),
        ];
        foreach (var (role, masses, where) in places)
        {
            if (context.Events(Experiment.Search, sample, role) is { HasWeights: true } events && events.CountIn(masses) > 0)
            {
                var inside = events.In(masses);
                var sum = EventCount.Of(inside.Weights).SumWeights;
                if (!(sum > 0))
                {
                    throw new InputDataException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"weight: the weights '{settings.Weight}' of the {inside.Count} events of "
                        + $"{(role == InputRole.Searched ? sample.Source : role).Name} "
                        + $"({string.Join(", ", events.Sources.Select(source => source.Name))}) with {settings.Mass} in "
                        + $"[{masses.Low:R}, {masses.High:R}), {where}{window.Name}, have the sum {sum:G6} (allowed: above 0)"));
                }
            }
        }
    }
}
