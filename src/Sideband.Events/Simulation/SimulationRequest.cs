namespace Sideband.Events.Simulation;

/// <summary>What the dijet simulator shall generate.</summary>
public sealed record SimulationRequest
{
    /// <summary>The most events of one kind in one request.</summary>
    public const int MostEvents = 100_000_000;

    /// <summary>Number of background events, 0 to <see cref="MostEvents"/>.</summary>
    public int Events { get; init; } = 1_000_000;

    /// <summary>Number of signal events over all masses, 0 to <see cref="MostEvents"/>; about 83 % of them lie in 3.3 to 3.7 TeV.</summary>
    public int Signal { get; init; }

    public DijetBackground Background { get; init; } = DijetBackground.Default;

    /// <summary>Any number. Background and signal of one seed are independent of each other.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Some of <see cref="DijetFeatures.All"/>, in the wanted order; the choice does not change the events.</summary>
    public IReadOnlyList<string> Features { get; init; } = DijetFeatures.All;

    /// <exception cref="ConfigurationException">A count out of range, no events at all, or a wrong feature.</exception>
    internal void Check()
    {
        CheckCount("events", Events);
        CheckCount("signal", Signal);
        if (Events + (long)Signal == 0)
        {
            throw new ConfigurationException("events, signal: both are 0; at least one event is needed");
        }

        DijetFeatures.Positions(Features);
    }

    internal static void CheckCount(string key, int value)
    {
        if (value is < 0 or > MostEvents)
        {
            throw new ConfigurationException($"{key}: {value} is out of range; allowed: 0 to {MostEvents}");
        }
    }
}
