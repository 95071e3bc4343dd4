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
    /// name with a comma stands between double quotes (<see cref="NameList"/>), and so does a column that is called like a set.
    /// </summary>
    /// <exception cref="ConfigurationException">An empty name or list; a feature that a set of the list gives once more.</exception>
    public static IReadOnlyList<string> Resolve(string list)
    {
        var names = NameList.Parts(list);
        if (names.Any(part => part.Name.Length == 0))
        {
            throw new ConfigurationException(
                $"features: '{list}' has an empty name (give features or sets, separated by commas; sets: {string.Join(", ", Names)})");
        }

        string[] features = [.. names.SelectMany(part => Set(part) ?? [part.Name])];
        foreach (var same in features.GroupBy(name => name).Where(same => same.Count() > 1))
        {
            string[] sets = [.. names.Where(part => Set(part)?.Contains(same.Key) == true).Select(part => part.Name).Distinct()];
            if (sets.Length > 0)
            {
                throw new ConfigurationException(
                    $"features: '{same.Key}' is given {same.Count()} times (sets that hold it: {string.Join(", ", sets)}; "
                    + $"a column that is called like a set stands between double quotes: {NameList.BetweenQuotes(sets[0])})");
            }
        }

        return features;
    }

    /// <summary>The text in which <see cref="Resolve"/> finds these columns.</summary>
    public static string Join(IEnumerable<string> columns) =>
        string.Join(',', columns.Select(name => Sets.ContainsKey(name) ? NameList.BetweenQuotes(name) : NameList.Quoted(name)));

    private static string[]? Set((string Name, bool IsQuoted) part) => part.IsQuoted ? null : Sets.GetValueOrDefault(part.Name);
}
