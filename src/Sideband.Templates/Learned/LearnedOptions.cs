using System.Globalization;
using Sideband.Learning.Densities;

namespace Sideband.Templates.Learned;

/// <summary>The options of methods that learn p(x | m) of the long sidebands.</summary>
internal static class LearnedOptions
{
    /// <summary>The family of densities.</summary>
    public static MethodOption Density { get; } = new(
        "density",
        "KIND",
        "Density that the template is drawn from: flow-matching, maf, spline [default: flow-matching]",
        text => DensityKinds.NameOf(DensityKinds.Parse(text)),
        _ => DensityKinds.NameOf(DensityKind.FlowMatching));

    /// <summary>How it is learned.</summary>
    public static MethodOption Recipe { get; } = new(
        "density_recipe",
        "NAME[,...]",
        "How the density is learned: quick, standard or paper, then epochs=N,batch=N,width=N,... [default: the profile's]",
        text => DensityRecipe.Parse(text).ToString(),
        values => values.Profile)
    {
        DefaultDependsOn = ["profile"],
    };

    /// <summary>How many events are drawn from it to train on.</summary>
    public static MethodOption Oversampling { get; } = new(
        "oversampling",
        "N",
        "Events drawn from the density to train on, in units of N_SR [default: 4]",
        text => NumberList.ParseWhole("oversampling", text, 1, 100).ToString(CultureInfo.InvariantCulture),
        _ => "4");

    public static IReadOnlyList<MethodOption> All { get; } = [Density, Recipe, Oversampling];

    /// <summary>Of a method that trains nothing on drawn events.</summary>
    public static IReadOnlyList<MethodOption> OfDensity { get; } = [Density, Recipe];

    /// <summary>The records that stages read: <see cref="DensityOptions"/> and <see cref="DrawOptions"/>.</summary>
    public static IReadOnlyList<object> Records(OptionValues values) =>
    [
        DensityRecipe.Parse(values[Recipe]).For(DensityKinds.Parse(values[Density])),
        new DrawOptions(NumberList.ParseWhole("oversampling", values[Oversampling], 1, 100)),
    ];
}
