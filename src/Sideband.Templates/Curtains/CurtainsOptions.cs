using Sideband.Events;

namespace Sideband.Templates.Curtains;

/// <summary>The options of CURTAINs.</summary>
/// <param name="SidebandWidths">
/// Width of each sideband that events are carried from, in widths of the window: far events need long ways, which are learned less well.
/// </param>
public sealed record CurtainsOptions(double SidebandWidths)
{
    /// <summary>The setting <c>transport_sidebands</c>.</summary>
    public static MethodOption SidebandsOption { get; } = new(
        "transport_sidebands",
        "W",
        "Width of each sideband that events are carried from, in widths of the window: a number above 0 [default: 1.5]",
        text => NumberList.Format([Parse(text)]),
        _ => "1.5");

    public static CurtainsOptions Of(OptionValues values) => new(Parse(values[SidebandsOption]));

    /// <summary>The sidebands below and above a window.</summary>
    public (MassInterval Lower, MassInterval Upper) Of(MassWindow window) =>
        window.ShortSidebands(SidebandWidths * window.Gap.Width);

    /// <summary>Places of a table's events in both, in the order of the table.</summary>
    internal int[] EventsOf(EventTable events, MassWindow window)
    {
        var (lower, upper) = Of(window);
        return [.. events.IndicesIn(lower), .. events.IndicesIn(upper)];
    }

    private static double Parse(string text) =>
        NumberList.ParseOne("transport_sidebands", text, value => value > 0, "a number above 0, in widths of the window");
}
