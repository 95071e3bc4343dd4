using Sideband.Events;

namespace Sideband.Templates;

/// <summary>Events that stand for the background in a region, with mass, features and weights.</summary>
/// <param name="Events">Class 0; every event is a distinct one.</param>
/// <param name="Target">Class 1; null stands for the data in the region, as in every weakly supervised method.</param>
/// <param name="Folded">
/// True where the events are given and few: they are folded by their identity like the data, a part trains and the rest sets the
/// threshold. False where more can be drawn: all of a first draw train every fold, and a second draw sets every fold's threshold.
/// </param>
public sealed record BackgroundTemplate(EventTable Events, EventTable? Target, bool Folded);
