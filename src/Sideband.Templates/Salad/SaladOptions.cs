namespace Sideband.Templates.Salad;

/// <summary>What SALAD makes of the weights.</summary>
/// <param name="WeightCap">Largest weight, in units of the mean weight in the signal region; null: none.</param>
public sealed record SaladOptions(double? WeightCap)
{
    /// <summary>The setting <c>weight_cap</c>.</summary>
    public static MethodOption WeightCapOption { get; } = new(
        "weight_cap",
        "W|none",
        "Largest weight that a simulated event can get, in units of the mean weight; none, or a number above 1 [default: none]",
        text => ParseCap(text) is { } cap ? NumberList.Format([cap]) : "none",
        _ => "none");

    public static SaladOptions Of(OptionValues values) => new(ParseCap(values[WeightCapOption]));

    /// <summary>The weights, none above the cap.</summary>
    internal double[] Capped(double[] weights)
    {
        var largest = WeightCap * weights.Average();
        return largest is { } limit ? Array.ConvertAll(weights, weight => Math.Min(weight, limit)) : weights;
    }

    private static double? ParseCap(string text) => text == "none"
        ? null
        : NumberList.ParseOne("weight_cap", text, value => value > 1, "none, or a number above 1");
}
