using Sideband.Events;
using Sideband.Learning.Densities;

namespace Sideband.Templates.Learned;

/// <summary>The setting <c>density</c>: names of the families of densities.</summary>
public static class DensityKinds
{
    private static readonly (string Name, DensityKind Kind)[] All =
        [("flow-matching", DensityKind.FlowMatching), ("maf", DensityKind.Maf), ("spline", DensityKind.Spline)];

    /// <exception cref="ConfigurationException">No such family.</exception>
    public static DensityKind Parse(string text) => Array.Find(All, entry => entry.Name == text) is { Name: not null } found
        ? found.Kind
        : throw new ConfigurationException(
            $"density: '{text}' is unknown; allowed: {string.Join(", ", All.Select(entry => entry.Name))}"
            + NearestName.Hint(text, All.Select(entry => entry.Name)));

    /// <summary>The name of a family.</summary>
    public static string NameOf(DensityKind kind) => Array.Find(All, entry => entry.Kind == kind).Name;
}
