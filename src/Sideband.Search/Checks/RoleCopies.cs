using Sideband.Events;
using Sideband.Search.Inputs;
using Sideband.Templates;

namespace Sideband.Search.Checks;

/// <summary>
/// Refuses the events of one role in another, whatever files they are in: data saved again as Monte Carlo, template or test events prove
/// nothing, since delta_sys would take an excess for its background, and a classifier be judged by what it was trained on. Events are
/// the same where mass and features are, both in single precision, which is what some formats keep. The same rows of one file are
/// refused before (<see cref="RoleOverlap"/>).
/// </summary>
internal static class RoleCopies
{
    /// <summary>Share of the smaller sample that may be in the other; copies that a table's granularity makes are beside it.</summary>
    private const double Allowed = 0.01;

    /// <exception cref="ConfigurationException">Events of the same mass and features in both, with their number.</exception>
    public static void Refuse(SearchInputs inputs)
    {
        var roles = inputs.Tables.ToArray();
        for (var second = 1; second < roles.Length; second++)
        {
            foreach (var first in roles[..second].Where(first => MustDiffer(first.Key, roles[second].Key)))
            {
                Refuse(first.Key, first.Value, roles[second].Key, roles[second].Value);
                RefuseSignal(first.Key, first.Value, roles[second].Key, roles[second].Value);
            }
        }
    }

    // Test events are counted by nothing that experiments make: they may be injected.
    private static bool MustDiffer(InputRole first, InputRole second) =>
        !(first == InputRole.Test && second == InputRole.Injected) && !(first == InputRole.Injected && second == InputRole.Test);

    // The signal is as few of a sample's events as may be shared. What experiments inject may be in the data, which they do without.
    private static void RefuseSignal(InputRole firstRole, EventTable first, InputRole secondRole, EventTable second)
    {
        if (firstRole == InputRole.Injected || secondRole == InputRole.Injected)
        {
            return;
        }

        foreach (var (role, events, other) in new[] { (firstRole, first, second), (secondRole, second, first) })
        {
            var signal = events.Select(Signal(events));
            var shared = SharedEvents.Of(signal, other);
            if (IsTooMany(shared.Count, signal, other))
            {
                throw new ConfigurationException(
                    $"{secondRole.Name}: of {role.Name} {signal.Count} events have label 1 ({shared.FirstFiles}), "
                    + $"and {shared.Count} of them are in {(role == firstRole ? secondRole : firstRole).Name} ({shared.SecondFiles}), "
                    + $"with the same mass and features; {Why(secondRole)}: give another sample");
            }
        }
    }

    private static int[] Signal(EventTable events) =>
        events.HasLabels ? [.. Enumerable.Range(0, events.Count).Where(i => events.Labels[i] == 1)] : [];

    private static void Refuse(InputRole firstRole, EventTable first, InputRole secondRole, EventTable second)
    {
        var shared = SharedEvents.Of(first, second);
        if (IsTooMany(shared.Count, first, second))
        {
            throw new ConfigurationException(
                $"{secondRole.Name}: {shared.Count} of the {second.Count} events ({shared.SecondFiles}) have the mass and the features of "
                + $"events of {firstRole.Name} ({shared.FirstFiles}); "
                + $"{Why(secondRole)}: give another sample");
        }
    }

    private static string Why(InputRole role) => role == InputRole.Test
        ? "a classifier is not judged by events that it was trained on"
        : "what is made of the events that it is compared with proves nothing";

    // Where rows of one sample are alike by chance, as many of two samples are: at most three times as many are taken for chance.
    private static bool IsTooMany(int shared, EventTable first, EventTable second)
    {
        var most = Allowed * Math.Min(first.Count, second.Count);
        return shared > most && shared > most + (3 * Math.Max(ByChance(first), ByChance(second)));
    }

    private static double ByChance(EventTable events) =>
        CopyCheck.ByChance(events.WithMass(Array.ConvertAll(events.Mass.ToArray(), mass => (double)(float)mass)));
}
