using Sideband.Events;
using Sideband.Templates.Learned;

namespace Sideband.Validation;

/// <param name="Data">Background events.</param>
/// <param name="Mass">Column of the mass.</param>
/// <param name="Features">Columns, or the name of a set.</param>
/// <param name="Trainings">Each with another density and other folds.</param>
/// <param name="Members">Of each fold's ensemble.</param>
internal sealed record SculptingOptions(
    EventFileSpec Data, string Mass, string Features, MassInterval Window,
    DensityRecipe Recipe, int Trainings, int Members, int Threads, ulong Seed)
{
    private static readonly string[] Names =
    [
        "data", "mass", "features", "low", "high", "recipe", "trainings", "members", "threads", "seed",
    ];

    /// <summary>Reads options of the form NAME=VALUE.</summary>
    /// <exception cref="ConfigurationException">Another form, an unknown name, or a value that is not allowed.</exception>
    public static SculptingOptions Parse(ReadOnlySpan<string> arguments)
    {
        var given = new NamedArguments(arguments, Names);
        return new SculptingOptions(
            given.File("data"),
            given.Text("mass", "mjj"),
            given.Text("features", "baseline+delta_r"),
            given.Window(3.3, 3.7),
            DensityRecipe.Parse(given.Text("recipe", "quick")),
            given.Whole("trainings", 10, 1),
            given.Whole("members", 10, 1),
            given.Whole("threads", 1, 1),
            (ulong)given.Whole("seed", 1, 0));
    }
}
