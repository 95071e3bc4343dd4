namespace Sideband.Events.Simulation;

/// <summary>The columns of simulated dijet events: mass <c>mjj</c> in TeV, features in TeV or without unit.</summary>
public static class DijetFeatures
{
    public const string Mass = "mjj";

    /// <summary><c>mj1</c>, <c>delta_mj</c> (TeV, above 0), <c>tau21_j1</c>, <c>tau21_j2</c> (between 0 and 1).</summary>
    public static IReadOnlyList<string> Baseline { get; } = ["mj1", "delta_mj", "tau21_j1", "tau21_j2"];

    /// <summary>The baseline features and <c>delta_r</c>, which follows the mass closely.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Baseline, "delta_r"];

    /// <summary>Positions of the named features in <see cref="All"/>.</summary>
    /// <exception cref="ConfigurationException">An unknown name, a name given twice, or no name.</exception>
    internal static int[] Positions(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            throw new ConfigurationException($"features: none given; allowed: {string.Join(", ", All)}");
        }

        var positions = new int[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            var position = All.ToList().IndexOf(names[i]);
            if (position < 0)
            {
                throw new ConfigurationException(
                    $"features: '{names[i]}' is not simulated; allowed: {string.Join(", ", All)}{NearestName.Hint(names[i], All)}");
            }

            if (positions.AsSpan(0, i).Contains(position))
            {
                throw new ConfigurationException($"features: '{names[i]}' is given twice");
            }

            positions[i] = position;
        }

        return positions;
    }
}
