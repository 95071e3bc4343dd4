using System.Globalization;
using Sideband.Search.Results;
using Spectre.Console;

namespace Sideband.Reporting.Terminal;

/// <summary>
/// What was read, before anything is trained: events that were left out, by file and reason, and what each role's are worth.
/// </summary>
public static class InputLines
{
    /// <param name="console">Where it is shown.</param>
    /// <param name="inputs">One entry a file.</param>
    /// <param name="roles">One entry a role.</param>
    /// <param name="injected">Where injected events lie, in words; null where nothing is to be said.</param>
    public static void Write(
        IAnsiConsole console, IReadOnlyList<InputResult> inputs, IReadOnlyList<RoleResult> roles, string? injected)
    {
        foreach (var input in inputs.Where(input => input.Dropped.Count + input.Repaired.Count > 0))
        {
            var dropped = input.Dropped.Select(reason => $"dropped {Numbers.Whole(reason.Value)}: {reason.Key}");
            var repaired = input.Repaired.Select(reason => $"kept {Numbers.Whole(reason.Value)}: {reason.Key}");
            console.WriteLine(
                $"{input.Role}, {input.FileName}: {Numbers.Whole(input.Used)} of {Numbers.Whole(input.EventsRead)} events used; "
                + string.Join("; ", dropped.Concat(repaired)));
        }

        if (injected is not null)
        {
            console.WriteLine(injected);
        }

        foreach (var role in roles)
        {
            console.WriteLine(
                $"{role.Role}: {Numbers.Whole(role.Events)} events"
                + (HasWeights(role)
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $", sum of weights {Numbers.Short(role.SumW)}, {100 * role.NegativeWeight:0.#} % of the weight negative, "
                        + $"worth {role.EffectiveEvents:N0} events of weight 1")
                    : ""));
        }
    }

    private static bool HasWeights(RoleResult role) => role.SumW != role.Events || role.EffectiveEvents != role.Events;
}
