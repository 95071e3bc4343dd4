using Sideband.Events;

namespace Sideband.Search.Settings;

/// <summary>A named set of defaults that trades time for precision.</summary>
/// <param name="Name">quick, standard or paper.</param>
/// <param name="Runs">Independent repetitions with other folds and random states.</param>
/// <param name="Members">Classifiers whose mean score is used.</param>
/// <param name="PaperSettings">True: the paper's classifier (the iterations after the best are kept) and rule for sigma_sys.</param>
public sealed record SearchProfile(string Name, int Runs, int Members, bool PaperSettings)
{
    public static SearchProfile Standard { get; } = new("standard", 3, 50, false);

    public static IReadOnlyList<SearchProfile> All { get; } =
        [new("quick", 1, 10, false), Standard, new("paper", 10, 50, true)];

    /// <exception cref="ConfigurationException">No such profile.</exception>
    public static SearchProfile ByName(string name) =>
        All.FirstOrDefault(profile => profile.Name == name)
        ?? throw new ConfigurationException(
            $"profile: '{name}' is unknown; allowed: {string.Join(", ", All.Select(profile => profile.Name))}"
            + NearestName.Hint(name, All.Select(profile => profile.Name)));
}
