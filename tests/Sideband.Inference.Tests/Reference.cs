using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sideband.Inference.Tests;

/// <summary>Reads tests/Reference/inference: numbers made with other programs by the scripts that lie beside them.</summary>
internal static class Reference
{
    /// <summary>The rows of a CSV file of numbers, without its header.</summary>
    public static IReadOnlyList<double[]> Numbers(string file) =>
        [.. File.ReadLines(Path.Combine(Root(), "tests", "Reference", "inference", file)).Skip(1)
            .Select(line => line.Split(',').Select(Parse).ToArray())];

    /// <summary>The lines of a file given by its path from the repository's root.</summary>
    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root(), path));

    public static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Root([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..");
}
