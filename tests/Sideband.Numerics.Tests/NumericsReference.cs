using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sideband.Numerics.Tests;

/// <summary>Rows of numbers in tests/Reference/numerics, made with other programs.</summary>
internal static class NumericsReference
{
    public static IEnumerable<double[]> Rows(string file, [CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "..", "Reference", "numerics", file)).Skip(1)
            .Select(line => line.Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray());
}
