using Sideband.Inference.Counting;

namespace Sideband.Inference.Tests;

internal static class Windows
{
    /// <summary>Window n = 1..9: centre 3.5 + 0.1 (n - 5) TeV, width 0.4 TeV.</summary>
    public static Window Sliding(int n) => new(n, 3.5 + (0.1 * (n - 5)) - 0.2, 3.5 + (0.1 * (n - 5)) + 0.2);

    public static IReadOnlyList<Window> Nine { get; } = [.. Enumerable.Range(1, 9).Select(Sliding)];
}
