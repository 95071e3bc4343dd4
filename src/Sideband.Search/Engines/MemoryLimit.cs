using System.Globalization;
using Sideband.Events;
using Sideband.Search.Engines.Batch;
using Sideband.Search.Units;

namespace Sideband.Search.Engines;

/// <summary>How much memory the units that run here at one time may be expected to take, with all that they share.</summary>
/// <param name="Bytes">Above 0.</param>
public sealed record MemoryLimit(long Bytes)
{
    private const string Allowed = "a number with M, G or T, for example 4G or 1.5G";

    /// <param name="text">A size in powers of 1024; null: no limit.</param>
    /// <param name="engine">Where units run.</param>
    /// <exception cref="ConfigurationException">Not a size, or units run elsewhere.</exception>
    public static MemoryLimit? Parse(string? text, string engine = EngineChoice.Local)
    {
        if (text is null)
        {
            return null;
        }

        if (engine != EngineChoice.Local)
        {
            throw new ConfigurationException(
                $"--memory: engine '{engine}' runs units elsewhere; its tasks get memory by --engine-option mem=SIZE");
        }

        var power = text.Length == 0 ? -1 : "MGT".IndexOf(text[^1], StringComparison.Ordinal);
        return power >= 0
            && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number > 0
            && number < 1e6
            ? new MemoryLimit((long)(number * (1L << (20 + (10 * power)))))
            : throw new ConfigurationException($"--memory: '{text}' is not allowed; allowed: {Allowed}");
    }

    /// <summary>Bytes for the units themselves.</summary>
    public long Room(SearchContext context, IEnumerable<WorkUnit> units) => Bytes - HeldMemory.Of(context, units);

    /// <summary>The most of the units that run at one time.</summary>
    /// <param name="limit">Null: none.</param>
    /// <param name="context">What they share.</param>
    /// <param name="units">Units that are open.</param>
    /// <param name="threads">Threads.</param>
    public static int AtOnce(MemoryLimit? limit, SearchContext context, IReadOnlyCollection<WorkUnit> units, int threads)
    {
        var largest = Largest(units)?.Memory.On(1) ?? 0;
        var fitting = limit is null || largest == 0 ? threads : limit.Room(context, units) / largest;
        return (int)Math.Clamp(fitting, 1, Math.Clamp(units.Count, 1, threads));
    }

    /// <summary>The unit that is expected to take the most; null of none.</summary>
    public static WorkUnit? Largest(IEnumerable<WorkUnit> units) => units.MaxBy(unit => unit.Memory.On(1));

    /// <summary>Refuses units of which one alone takes more.</summary>
    /// <exception cref="ConfigurationException">Names the unit, what it needs and the limit.</exception>
    public void Require(SearchContext context, IReadOnlyCollection<WorkUnit> units)
    {
        var held = HeldMemory.Of(context, units);
        if (Largest(units) is { } unit && unit.Memory.On(1) > Bytes - held)
        {
            throw new ConfigurationException(
                $"--memory: {unit.Name} alone needs about {Words(unit.Memory.On(1))} beside {Words(held)} for the program "
                + $"and all events, {Words(unit.Memory.On(1) + held)} in all; the limit is {Words(Bytes)}");
        }
    }

    /// <summary>For example 1.25 GB.</summary>
    public static string Words(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / (1L << 30):0.00} GB");
}
