using Sideband.Learning.Classifiers;
using Sideband.Learning.Networks;

namespace Sideband.Templates.Salad;

/// <summary>The options of SALAD.</summary>
/// <param name="Network">
/// The classifier of data against simulation. It must interpolate in the mass: trees are constant across the signal region and jump at its
/// edges, so it is a network.
/// </param>
/// <param name="Networks">Networks whose mean score is used, at least 1.</param>
/// <param name="WeightCap">Largest weight, in units of the mean weight in the signal region; null: none.</param>
public sealed record SaladOptions(NetworkClassifierOptions Network, int Networks, double? WeightCap)
{
    /// <summary>The setting <c>weight_cap</c>.</summary>
    public static MethodOption WeightCapOption { get; } = new(
        "weight_cap",
        "W|none",
        "Largest weight that a simulated event can get, in units of the mean weight; none, or a number above 1 [default: none]",
        text => ParseCap(text) is { } cap ? NumberList.Format([cap]) : "none",
        _ => "none");

    public static SaladOptions Of(OptionValues values) => new(
        new NetworkClassifierOptions
        {
            Epochs = values.Profile == "quick" ? 10 : 20,
            BatchSize = 512,
            LearningRate = 2e-3,
            Schedule = LearningRateSchedule.Cosine,
            ValidationFraction = 0.1,
            PooledEpochs = 1,
        },
        values.Profile == "quick" ? 1 : 2,
        ParseCap(values[WeightCapOption]));

    private static double? ParseCap(string text) => text == "none"
        ? null
        : NumberList.ParseOne("weight_cap", text, value => value > 1, "none, or a number above 1");
}
