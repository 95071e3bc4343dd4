using Sideband.Events;
using Sideband.Templates;

namespace Sideband.Search.Units;

/// <summary>Numbers of events of a window in one sample.</summary>
/// <param name="Window">The window.</param>
/// <param name="Events">N_SR.</param>
/// <param name="Template">What the method makes of it.</param>
public sealed record WindowSize(MassWindow Window, int Events, TemplateSize Template);
