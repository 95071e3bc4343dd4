using System.Text.Json;
using Sideband.Inference.BumpHunt;

namespace Sideband.Inference.Tests.BumpHunt;

/// <summary>
/// tests/Reference/bumphunt/dijet.json: a spectrum in CMS dijet bins (GeV, sqrt(s) = 13 TeV) and what Minuit and 50 digits make of it.
/// </summary>
internal static class DijetReference
{
    public const double SqrtS = 13000;

    private static readonly JsonElement Root =
        JsonDocument.Parse(string.Concat(Reference.Lines("tests/Reference/bumphunt/dijet.json"))).RootElement;

    public static MassBins Bins { get; } = MassBins.FromEdges(Numbers("edges"));

    public static double[] Signal { get; } = Numbers("signal");

    public static DoubleCrystalBall Ball { get; } = new(3500, 105, 1.2, 5, 1.6, 6);

    /// <summary>1997 masses (TeV) outside of [2.4, 2.9): quantiles of a power law.</summary>
    public static double[] Masses { get; } =
        [.. Enumerable.Range(0, 3000).Select(i => 1.5 * Math.Pow(1 - (0.999 * (i + 0.5) / 3000), -1 / 5.0))];

    public static double Number(params string[] path) => Find(path).GetDouble();

    public static double[] Numbers(params string[] path) => [.. Find(path).EnumerateArray().Select(number => number.GetDouble())];

    /// <summary>Expectations of every bin with 2 to 5 parameters.</summary>
    public static double[] Expected(string spectrum, int parameters) =>
        [.. Find(spectrum, "expected")[parameters - 2].EnumerateArray().Select(number => number.GetDouble())];

    private static JsonElement Find(params string[] path) => path.Aggregate(Root, (element, name) => element.GetProperty(name));
}
