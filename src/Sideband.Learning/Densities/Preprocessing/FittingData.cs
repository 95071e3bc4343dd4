using Sideband.Numerics;

namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>Preprocessed events, split at random in training and validation events.</summary>
internal sealed record FittingData(
    LogitStandardisation Scaling,
    MassScaling MassScaling,
    StandardisedEvents Events,
    int[] Training,
    int[] Validation)
{
    /// <summary>Fewer events say nothing about a density.</summary>
    private const int MinEvents = 100;

    public static (FittingData? Data, string? Failure) Of(
        float[][] features,
        ReadOnlySpan<double> mass,
        double validationFraction,
        RandomStream stream)
    {
        if (mass.Length < MinEvents)
        {
            return (null, $"{mass.Length} events to learn a density from; at least {MinEvents} are needed");
        }

        foreach (var m in mass)
        {
            if (!double.IsFinite(m))
            {
                return (null, "a mass is not finite");
            }
        }

        var (scaling, failure) = LogitStandardisation.Fit(features, FewEvents.Are(mass.Length));
        if (scaling is null)
        {
            return (null, failure);
        }

        var massScaling = MassScaling.Fit(mass);
        var events = StandardisedEvents.Of(features, mass, scaling, massScaling);
        int[] rows = [.. Enumerable.Range(0, events.Count)];
        stream.Shuffle(rows.AsSpan());
        var validation = Math.Clamp((int)(events.Count * validationFraction), 1, events.Count - 1);
        return (new FittingData(scaling, massScaling, events, rows[validation..], rows[..validation]), null);
    }
}
