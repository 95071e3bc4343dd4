using Sideband.Events;
using Sideband.Learning.Transport;
using Sideband.Numerics;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Curtains;

/// <summary>The options of CURTAINs.</summary>
/// <param name="SidebandWidths">
/// Width of each sideband that events are carried from, in widths of the window: far events need long ways, which are learned less well.
/// </param>
/// <param name="Transport">How a transport is trained.</param>
/// <param name="OfFew">How it is trained on fewer than <see cref="Many"/> events; null: alike.</param>
public sealed record CurtainsOptions(double SidebandWidths, TransportOptions Transport, TransportOptions? OfFew)
{
    /// <summary>
    /// From so many events on splines are the default: of half a million their template is the better one by far. Of few events flow
    /// matching has been looked at, and costs less (docs/methods/curtains.md).
    /// </summary>
    public const int Many = 100_000;

    /// <summary>The setting <c>transport_sidebands</c>.</summary>
    public static MethodOption SidebandsOption { get; } = new(
        "transport_sidebands",
        "W",
        "Width of each sideband that events are carried from, in widths of the window: a number above 0 [default: 1.5]",
        text => NumberList.Format([Parse(text)]),
        _ => "1.5");

    public static CurtainsOptions Of(OptionValues values)
    {
        var asked = TransportRecipes.Asked(values);
        return new CurtainsOptions(
            Parse(values[SidebandsOption]),
            TransportRecipes.Of(asked ?? TransportKind.Spline, values.Profile),
            asked is null ? TransportRecipes.Of(TransportKind.FlowMatching, values.Profile) : null);
    }

    /// <summary>How a transport of this many events is trained.</summary>
    public TransportOptions TransportOf(double events) => events < Many ? OfFew ?? Transport : Transport;

    /// <summary>The sidebands below and above a window.</summary>
    public (MassInterval Lower, MassInterval Upper) Of(MassWindow window) =>
        window.ShortSidebands(SidebandWidths * DecimalLimits.Difference(window.Gap.High, window.Gap.Low));

    /// <summary>Places of a table's events in both, in the order of the table.</summary>
    internal int[] EventsOf(EventTable events, MassWindow window)
    {
        var (lower, upper) = Of(window);
        return [.. events.IndicesIn(lower), .. events.IndicesIn(upper)];
    }

    private static double Parse(string text) =>
        NumberList.ParseOne("transport_sidebands", text, value => value > 0, "a number above 0, in widths of the window");
}
