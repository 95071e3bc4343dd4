using Sideband.Events;
using Sideband.Templates.Learned;

namespace Sideband.Validation;

/// <param name="Data">Background that is searched.</param>
/// <param name="Background">More of the same: the ideal template, and test events.</param>
/// <param name="Signal">Signal to inject and to test with; null for toys without signal.</param>
/// <param name="Injected">Signal events among the data, over all masses.</param>
/// <param name="Events">At most so many of each background file, evenly over its rows; 0 for all.</param>
/// <param name="Out">Folder of the curves.</param>
internal sealed record PaperFigureOptions(
    EventFileSpec Data, EventFileSpec Background, EventFileSpec? Signal, int Injected, int Events, string Mass, string Features,
    MassInterval Window, DensityRecipe Recipe, int Trainings, int Members, int Threads, ulong Seed, string Out)
{
    private static readonly string[] Names =
    [
        "data", "background", "signal", "injected", "events", "mass", "features", "low", "high", "recipe", "trainings", "members",
        "threads", "seed", "out",
    ];

    /// <summary>Reads options of the form NAME=VALUE.</summary>
    /// <exception cref="ConfigurationException">Another form, an unknown name, or a value that is not allowed.</exception>
    public static PaperFigureOptions Parse(ReadOnlySpan<string> arguments)
    {
        var given = new NamedArguments(arguments, Names);
        return new PaperFigureOptions(
            given.File("data"),
            given.File("background"),
            given.Has("signal") ? given.File("signal") : null,
            given.Whole("injected", 1000, 1),
            given.Whole("events", 0, 0),
            given.Text("mass", "mjj"),
            given.Text("features", "baseline"),
            given.Window(3.3, 3.7),
            DensityRecipe.Parse(given.Text("recipe", "quick")),
            given.Whole("trainings", 10, 1),
            given.Whole("members", 10, 1),
            given.Whole("threads", 1, 1),
            (ulong)given.Whole("seed", 1, 0),
            given.Text("out", "."));
    }
}
