using Sideband.Events;
using Sideband.Learning.Densities;

namespace Sideband.Templates.Learned;

/// <summary>The setting <c>density</c>: names of the families of densities.</summary>
public static class DensityKinds
{
    private static readonly KindNames<DensityKind> Names = new(
        "density", ("flow-matching", DensityKind.FlowMatching), ("maf", DensityKind.Maf), ("spline", DensityKind.Spline));

    /// <exception cref="ConfigurationException">No such family.</exception>
    public static DensityKind Parse(string text) => Names.Parse(text);

    /// <summary>The name of a family.</summary>
    public static string NameOf(DensityKind kind) => Names.Of(kind);
}
