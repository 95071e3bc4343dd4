using Sideband.Events;

namespace Sideband.Templates;

/// <summary>Counts events of the inputs of one sample.</summary>
public interface IEventCounts
{
    /// <summary>Events that are searched in the window.</summary>
    int Searched { get; }

    /// <summary>All events of a role.</summary>
    int All(InputRole role);

    /// <summary>Events of a role with a mass in an interval; with <paramref name="backgroundOnly"/> those of label 0 among them.</summary>
    int In(InputRole role, MassInterval interval, bool backgroundOnly = false);

    /// <summary>True where a role has events.</summary>
    bool Has(InputRole role);
}
