using Sideband.Numerics;

namespace Sideband.Events;

/// <summary>Signal events that are added to the data, and the rest of the signal file.</summary>
/// <param name="Injected">In the file's order.</param>
/// <param name="Rest">In the file's order.</param>
public sealed record Injection(EventTable Injected, EventTable Rest)
{
    /// <summary>
    /// Takes <paramref name="count"/> events, over all masses: the first of the file, or drawn at random without repetition.
    /// </summary>
    /// <param name="signal">Signal events (loaded with <see cref="RowFilter.SignalOnly"/>).</param>
    /// <param name="count">At least 0.</param>
    /// <param name="random">Draws the events; null takes the first.</param>
    /// <exception cref="ConfigurationException">More events than there are.</exception>
    public static Injection Take(EventTable signal, int count, RandomStream? random = null)
    {
        if (count < 0 || count > signal.Count)
        {
            throw new ConfigurationException(
                $"inject: {count} events asked for, {signal.Sources[0].Name} has {signal.Count} usable signal events "
                + $"(allowed: 0 to {signal.Count})");
        }

        var order = Enumerable.Range(0, signal.Count).ToArray();
        if (random is not null)
        {
            // By what the events are, so that the order of the file does not matter.
            var salt = random.NextUInt64();
            var keys = Array.ConvertAll(signal.Identity.ToArray(), identity => SplitMix64.Mix(salt ^ identity));
            order = [.. order.OrderBy(i => keys[i])];
        }

        var injected = order[..count];
        var rest = order[count..];
        Array.Sort(injected);
        Array.Sort(rest);
        return new Injection(signal.Select(injected), signal.Select(rest));
    }
}
