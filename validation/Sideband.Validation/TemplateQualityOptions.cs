using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Templates.Learned;

namespace Sideband.Validation;

/// <param name="Data">Background events: those outside of the window are learned.</param>
/// <param name="Truth">Further background events, for truth against truth.</param>
/// <param name="Signal">
/// Signal events, of which <paramref name="Injected"/>, drawn at random, are put among the events, those in the window too.
/// </param>
/// <param name="OneModel">One density of all masses, see <see cref="InterpolatedSampling"/>, in place of one of the sidebands.</param>
internal sealed record TemplateQualityOptions(
    EventFileSpec Data,
    EventFileSpec Truth,
    EventFileSpec? Signal,
    int Injected,
    string Features,
    MassInterval Window,
    bool OneModel,
    DensityKind Kind,
    DensityRecipe Recipe,
    int Densities,
    int Members,
    int Folds,
    int Threads,
    ulong Seed)
{
    private static readonly string[] Names =
    [
        "data", "truth", "signal", "injected", "features", "low", "high", "model", "kind", "recipe", "densities",
        "members", "folds", "threads", "seed",
    ];

    /// <summary>Reads options of the form NAME=VALUE.</summary>
    /// <exception cref="ConfigurationException">Another form, an unknown name, or a value that is not allowed.</exception>
    public static TemplateQualityOptions Parse(ReadOnlySpan<string> arguments)
    {
        var given = new NamedArguments(arguments, Names);
        return new TemplateQualityOptions(
            given.File("data"),
            given.File("truth"),
            given.Has("signal") ? given.File("signal") : null,
            given.Whole("injected", 0, 0),
            given.Text("features", "baseline+delta_r"),
            given.Window(3.3, 3.7),
            given.Text("model", "window") switch
            {
                "all" => true,
                "window" => false,
                var model => throw new ConfigurationException($"model: '{model}' is not allowed; allowed: window, all"),
            },
            DensityKinds.Parse(given.Text("kind", "flow-matching")),
            DensityRecipe.Parse(given.Text("recipe", "standard")),
            given.Whole("densities", 3, 1),
            given.Whole("members", 50, 1),
            given.Whole("folds", 5, 2),
            given.Whole("threads", 1, 1),
            (ulong)given.Whole("seed", 1, 0));
    }
}
