namespace Sideband.Events;

/// <summary>Sets of features that have a name, and the shifted features.</summary>
public static class FeatureSets
{
    /// <summary>c in x + c mjj (TeV per TeV), the shift that gives a feature a known correlation with the mass.</summary>
    public const double Shift = 0.1;

    internal const string ShiftedSuffix = "_shifted";

    private static readonly string[] Baseline = ["mj1", "delta_mj", "tau21_j1", "tau21_j2"];

    private static readonly Dictionary<string, string[]> Sets = new()
    {
        ["baseline"] = Baseline,
        ["baseline+delta_r"] = [.. Baseline, "delta_r"],
        ["shifted"] = ["mj1" + ShiftedSuffix, "delta_mj" + ShiftedSuffix, "tau21_j1", "tau21_j2"],
    };

    /// <summary>Names of the sets.</summary>
    public static IReadOnlyCollection<string> Names => Sets.Keys;

    /// <summary>
    /// The features of a comma-separated list of features and sets: <c>baseline</c>, <c>mj1, delta_mj</c>, <c>baseline, tau32_j1</c>. A
    /// name with a comma stands between double quotes (<see cref="NameList"/>).
    /// </summary>
    /// <exception cref="ConfigurationException">An empty name or list.</exception>
    public static IReadOnlyList<string> Resolve(string list)
    {
        var names = NameList.Split(list);
        return names.Any(name => name.Length == 0)
            ? throw new ConfigurationException(
                $"features: '{list}' has an empty name (give features or sets, separated by commas; sets: {string.Join(", ", Names)})")
            : [.. names.SelectMany(name => Sets.GetValueOrDefault(name) ?? [name])];
    }
}
