using Sideband.Events;
using Sideband.Templates;

namespace Sideband.Search.Inputs;

/// <summary>
/// Refuses the same event in two roles: a template or an estimate made with the searched events themselves proves nothing.
/// </summary>
internal static class RoleOverlap
{
    /// <exception cref="ConfigurationException">The same row of the same source in two roles; both are named.</exception>
    public static void Refuse(SearchInputs inputs)
    {
        // Per source the role, counted from 1, that has each row; 0 where none has.
        var owners = new Dictionary<ulong, byte[]>();

        // Test events are counted by nothing that experiments make: they may be injected.
        var roles = inputs.Tables.Where(entry => entry.Key != InputRole.Test || !inputs.Has(InputRole.Injected))
            .Select(entry => (Role: entry.Key.Name, Events: entry.Value)).ToArray();
        for (var role = 0; role < roles.Length; role++)
        {
            var events = roles[role].Events;
            var bySource = events.Sources.Select(source => Owners(owners, source.Key, events)).ToArray();
            var (first, other, shared) = (-1, 0, 0);
            for (var i = 0; i < events.Count; i++)
            {
                ref var owner = ref bySource[events.SourceIndex[i]][events.Rows[i]];
                if (owner != 0 && owner != role + 1)
                {
                    shared++;
                    (first, other) = first < 0 || events.Rows[i] < events.Rows[first] ? (i, owner) : (first, other);
                }

                owner = (byte)(role + 1);
            }

            if (shared > 0)
            {
                var file = events.Sources[events.SourceIndex[first]].Name;
                throw new ConfigurationException(
                    $"{roles[role].Role}: row {events.Rows[first]} of {file} is also used as {roles[other - 1].Role}"
                    + (shared > 1 ? $", and so are {shared - 1} others" : "")
                    + "; give different files or row ranges such as FILE[0:500000]");
            }
        }
    }

    private static byte[] Owners(Dictionary<ulong, byte[]> owners, ulong source, EventTable events)
    {
        var rows = 0;
        foreach (var row in events.Rows)
        {
            rows = Math.Max(rows, row + 1);
        }

        owners.TryGetValue(source, out var known);
        if (known is null || known.Length < rows)
        {
            Array.Resize(ref known, rows);
            owners[source] = known;
        }

        return known;
    }
}
