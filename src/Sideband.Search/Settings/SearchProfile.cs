using Sideband.Events;
using Sideband.Learning.Boosting;
using Sideband.Learning.Classifiers;

namespace Sideband.Search.Settings;

/// <summary>A named set of defaults that trades time for precision.</summary>
/// <param name="Name">quick, standard or paper.</param>
/// <param name="Runs">Independent repetitions with other folds and random states.</param>
/// <param name="Members">Classifiers whose mean score is used.</param>
/// <param name="PaperSettings">True: the classifier, sideband weights and rule for sigma_sys of arXiv:2411.00085.</param>
public sealed record SearchProfile(string Name, int Runs, int Members, bool PaperSettings)
{
    /// <summary>
    /// The boosted trees. The paper's keep the ten iterations after the best, with at least 20 events a leaf. Ours keep the best, but
    /// at least 10 trees, with at least 100 events a leaf: a signal of a few per mille shows where many events are averaged
    /// (measured on simulated events, validation/classifier).
    /// </summary>
    public BoostingOptions Boosting => PaperSettings
        ? new BoostingOptions { Keep = KeepIterations.Last }
        : new BoostingOptions { Keep = KeepIterations.Best, FewestTrees = 10, MinEventsPerLeaf = 100 };

    /// <summary>The neural classifier: CATHODE's, with a fifth of the passes in profile quick.</summary>
    public NetworkClassifierOptions Network =>
        Name == "quick" ? new NetworkClassifierOptions { Epochs = 20, PooledEpochs = 5 } : new NetworkClassifierOptions();

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
