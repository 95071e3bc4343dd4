using Sideband.Reporting.Figures;
using Sideband.Search.Compare;
using Sideband.Search.Results;

namespace Sideband.Reporting.Compare;

/// <summary>All figures of a comparison of methods, in the order of its page.</summary>
public static class ComparisonFigures
{
    /// <param name="result">The numbers.</param>
    /// <param name="curves">What is drawn beside them, one a window.</param>
    public static IReadOnlyList<Figure> Of(ComparisonResult result, IReadOnlyList<ComparisonCurves> curves)
    {
        string[] methods = [.. result.Methods.Select(method => method.Name)];
        return
        [
            .. result.Windows.Zip(curves).SelectMany(pair => (IEnumerable<Figure>)
            [
                .. OverlapFigures.Of(methods, pair.First),
                .. ScatterFigures.Of(pair.First, pair.Second),
                .. SicFigures.Of(methods, pair.First, pair.Second),
            ]),
        ];
    }

    /// <summary>Words for a class of events.</summary>
    internal static string Class(string name, string source) =>
        (name == "all" ? "events" : name + " events") + (source == "test" ? " among the test events" : " in the data");
}
