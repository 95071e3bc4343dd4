using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Search.Settings;

namespace Sideband.Validation;

/// <param name="Data">Background events: those outside of the window are learned.</param>
/// <param name="Truth">Further background events, for truth against truth.</param>
/// <param name="Signal">Signal events, of which the first <paramref name="Injected"/> are put among the events that are learned.</param>
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
        ["data", "truth", "signal", "injected", "features", "low", "high", "model", "kind", "recipe", "densities", "members", "folds", "threads", "seed"];

    /// <summary>Reads options of the form NAME=VALUE.</summary>
    /// <exception cref="ConfigurationException">Another form, an unknown name, or a value that is not allowed.</exception>
    public static TemplateQualityOptions Parse(ReadOnlySpan<string> arguments)
    {
        var given = new Dictionary<string, string>();
        foreach (var argument in arguments)
        {
            var parts = argument.Split('=', 2);
            if (parts.Length != 2 || !Names.Contains(parts[0]))
            {
                throw new ConfigurationException($"'{argument}' is not allowed; allowed: NAME=VALUE with {string.Join(", ", Names)}" + NearestName.Hint(parts[0], Names));
            }

            given[parts[0]] = parts[1];
        }

        string Text(string name, string otherwise) => given.GetValueOrDefault(name, otherwise);
        int Whole(string name, int otherwise, int smallest) => given.TryGetValue(name, out var text) ? NumberList.ParseWhole(name, text, smallest) : otherwise;
        double Mass(string name, double otherwise) => given.TryGetValue(name, out var text) ? NumberList.ParseOne(name, text, _ => true, "a mass in TeV") : otherwise;
        EventFileSpec File(string name) =>
            given.TryGetValue(name, out var path) ? EventFileSpec.Parse(path) : throw new ConfigurationException($"{name}: give {name}=FILE");
        return new TemplateQualityOptions(
            File("data"),
            File("truth"),
            given.ContainsKey("signal") ? File("signal") : null,
            Whole("injected", 0, 0),
            Text("features", "baseline+delta_r"),
            new MassInterval(Mass("low", 3.3), Mass("high", 3.7)),
            Text("model", "window") switch
            {
                "all" => true,
                "window" => false,
                var model => throw new ConfigurationException($"model: '{model}' is not allowed; allowed: window, all"),
            },
            DensityKinds.Parse(Text("kind", "flow-matching")),
            DensityRecipe.Parse(Text("recipe", "standard")),
            Whole("densities", 3, 1),
            Whole("members", 50, 1),
            Whole("folds", 5, 2),
            Whole("threads", 1, 1),
            (ulong)Whole("seed", 1, 0));
    }
}
