using Sideband.Learning.Densities.Preprocessing;
using Sideband.Numerics;

namespace Sideband.Learning.Transport;

/// <summary>Preprocessed sources and targets of a transport, the targets split at random in training and validation events.</summary>
/// <param name="Scaling">Of both, so that every image can be brought back into the features' own units.</param>
/// <param name="MassScaling">Of the targets' masses.</param>
/// <param name="Targets">Where the paths lead.</param>
/// <param name="Sources">Where they come from.</param>
/// <param name="Choice">Which sources a target gets.</param>
/// <param name="Middle">A standardised mass between the two sides.</param>
/// <param name="Training">Targets that are trained on.</param>
/// <param name="Validation">Targets that are validated on.</param>
internal sealed record PairedEvents(
    LogitStandardisation Scaling,
    MassScaling MassScaling,
    StandardisedEvents Targets,
    StandardisedEvents Sources,
    PairChoice Choice,
    float Middle,
    int[] Training,
    int[] Validation)
{
    /// <summary>Fewer events on a side say nothing about a transport.</summary>
    private const int FewestEvents = 100;

    /// <summary>The target's mass and, where the source has another, that one.</summary>
    public int MassesOfPair => Choice == PairChoice.AnyMass ? 2 : 1;

    public static (PairedEvents? Events, string? Failure) Of(
        TransportSample source,
        TransportSample target,
        PairChoice choice,
        double middle,
        double validationFraction,
        RandomStream stream)
    {
        var same = ReferenceEquals(source, target);
        var (scaling, failure) = LogitStandardisation.Fit(
            same ? target.Features : [.. source.Features.Zip(target.Features, (a, b) => (float[])[.. a, .. b])]);
        if (scaling is null)
        {
            return (null, failure);
        }

        var massScaling = MassScaling.Fit(target.Mass);
        var targets = StandardisedEvents.Of(target.Features, target.Mass, scaling, massScaling);
        var sources = same ? targets : StandardisedEvents.Of(source.Features, source.Mass, scaling, massScaling);
        var between = massScaling.Standardise(middle);
        foreach (var (events, name) in new[] { (sources, "source"), (targets, "target") })
        {
            var below = events.Mass.Count(mass => mass < between);
            if (Math.Min(below, events.Count - below) < FewestEvents)
            {
                return (null, $"{below} {name} events below and {events.Count - below} above; at least {FewestEvents} of each are needed");
            }
        }

        int[] rows = [.. Enumerable.Range(0, targets.Count)];
        stream.Shuffle(rows.AsSpan());
        var held = Math.Clamp((int)(targets.Count * validationFraction), 1, targets.Count - 1);
        return (new PairedEvents(scaling, massScaling, targets, sources, choice, between, rows[held..], rows[..held]), null);
    }
}
