using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Inputs;
using Sideband.Templates;

namespace Sideband.Search.Experiments;

/// <summary>Events drawn at random from an input.</summary>
/// <param name="Role">The input.</param>
/// <param name="Count">Number of events, at least 1.</param>
/// <param name="WithReplacement">
/// True: an event may come several times; copies keep one identity and so share a fold. False: as many different rows, of which there must
/// be enough.
/// </param>
/// <param name="Injected">Signal events that are added, drawn without replacement from <see cref="InputRole.Signal"/>.</param>
public sealed record DrawnRows(InputRole Role, int Count, bool WithReplacement, int Injected = 0) : ExperimentSource
{
    public override IReadOnlyList<InputRole> Origins => Injected == 0 ? [Role] : [Role, InputRole.Signal];

    public override double CopiesKept(SearchInputs inputs) => PartOf(inputs.Tables[Role], Count, WithReplacement);

    /// <exception cref="ConfigurationException">Fewer events than are to be drawn without replacement.</exception>
    public override EventTable Events(Func<InputRole, EventTable> inputs, Func<string, RandomStream> stream)
    {
        var events = Draw(inputs(Role), Count, WithReplacement, Role, stream("events"));
        return Injected == 0
            ? events
            : events.Concat(Draw(inputs(InputRole.Signal), Injected, false, InputRole.Signal, stream("injection"))).Canonical();
    }

    // Of N rows a part f without replacement holds f^2 of the pairs of copies, f for each of its rows.
    internal static double PartOf(EventTable from, int count, bool replaced) => replaced ? 0 : Math.Min(1, (double)count / from.Count);

    internal static EventTable Draw(EventTable from, int count, bool replaced, InputRole role, RandomStream stream)
    {
        if (!replaced && count > from.Count)
        {
            throw new ConfigurationException($"experiments: {count} events without replacement, but {role} has {from.Count}");
        }

        int[] rows = [.. Enumerable.Range(0, replaced ? count : from.Count)];
        if (replaced)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = stream.NextInt(from.Count);
            }
        }
        else
        {
            stream.Shuffle<int>(rows);
            rows = rows[..count];
        }

        Array.Sort(rows);
        return from.Select(rows);
    }
}
