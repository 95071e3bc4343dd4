using System.Globalization;
using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Experiments;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Search.Plan;

/// <summary>What weighted events of a window are worth: a sum that is not positive is no sample, however many events there are.</summary>
internal static class WeightChecks
{
    /// <exception cref="InputDataException">
    /// A sum of weights that is not positive, in the window, a strip beside it or, where simulation is made like data there, all beside it.
    /// </exception>
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
            .. GivenSamples.Roles(settings).Select(role => (role, region, "")),
            .. Learned(settings).SelectMany(role => new[]
            {
                (role, new MassInterval(double.NegativeInfinity, window.Gap.Low), "below "),
                (role, new MassInterval(window.Gap.High, double.PositiveInfinity), "above "),
            }),
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
                        + $"({GivenSamples.Files(events)}) with {settings.Mass} {Shown(masses)}, {where}{window.Name}, "
                        + $"have the sum {sum:G6} (allowed: above 0)"));
                }
            }
        }
    }

    // What a method that makes simulation like data learns from on both sides of a window, by weights.
    private static InputRole[] Learned(SearchSettings settings) =>
        settings.Method.PreparationReads.Roles.Contains(InputRole.Simulation) ? [InputRole.Searched, InputRole.Simulation] : [];

    private static string Shown(MassInterval masses) =>
        double.IsInfinity(masses.Low) ? FormattableString.Invariant($"below {masses.High:R}")
        : double.IsInfinity(masses.High) ? FormattableString.Invariant($"from {masses.Low:R} on")
        : FormattableString.Invariant($"in [{masses.Low:R}, {masses.High:R})");
}
