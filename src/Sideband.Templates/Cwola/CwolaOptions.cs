using Sideband.Events;

namespace Sideband.Templates.Cwola;

/// <summary>The options of CWoLa hunting.</summary>
/// <param name="SidebandWidth">Width of each short sideband, in the unit of the mass; null: half the window's.</param>
/// <param name="Balance">How the two are weighted against each other.</param>
public sealed record CwolaOptions(double? SidebandWidth, SidebandBalance Balance)
{
    /// <summary>The setting <c>sideband_balance</c>.</summary>
    public static MethodOption SidebandBalanceOption { get; } = new(
        "sideband_balance",
        "mass|none",
        "Weights of the two short sidebands: mass (their mean mass becomes the window's), or none [default: mass; none in profile paper]",
        text => Parse(text) == SidebandBalance.Mass ? "mass" : "none",
        values => values.Profile == "paper" ? "none" : "mass")
    {
        DefaultDependsOn = ["profile"],
    };

    public static CwolaOptions Of(OptionValues values) => new(values.SidebandWidth, Parse(values[SidebandBalanceOption]));

    private static SidebandBalance Parse(string text) => text switch
    {
        "mass" => SidebandBalance.Mass,
        "none" => SidebandBalance.None,
        _ => throw new ConfigurationException($"sideband_balance: '{text}' is not allowed; allowed: mass, none"),
    };
}
