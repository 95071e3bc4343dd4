namespace Sideband.Search.Results;

/// <summary>
/// What stands for a feature in the names of a summary's arrays, <c>feature_NAME_data</c>, <c>feature_NAME_template</c> and others: its own
/// name, and behind it as many primes as it takes that no array of it has the name of another's (columns <c>x</c> and <c>x_template</c>).
/// </summary>
public static class FeatureKeys
{
    private static readonly string[] Parts =
        ["edges", "data", "template", "template_w2", "passing", "template_passing", "template_passing_w2"];

    /// <summary>One key a feature, in their order.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> features)
    {
        var taken = new HashSet<string>();
        var keys = new string[features.Count];
        foreach (var (f, name) in features.Index())
        {
            keys[f] = name;
            while (Parts.Any(part => taken.Contains(Array(keys[f], part))))
            {
                keys[f] += "'";
            }

            taken.UnionWith(Parts.Select(part => Array(keys[f], part)));
        }

        return keys;
    }

    /// <summary>The name of an array.</summary>
    /// <param name="key">From <see cref="Of"/>.</param>
    /// <param name="part">edges, data, template, template_w2, passing, template_passing or template_passing_w2.</param>
    public static string Array(string key, string part) => $"feature_{key}_{part}";
}
