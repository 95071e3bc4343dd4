namespace Sideband.Search.Engines.Batch;

/// <summary>What scripts of a batch system run.</summary>
internal static class BatchCommand
{
    /// <summary>The begin of a worker's command line, in words of a shell.</summary>
    /// <param name="program">Command words of this program.</param>
    /// <param name="root">The run directory.</param>
    public static string Of(IReadOnlyList<string> program, string root) =>
        $"{string.Join(' ', program.Select(Quoted))} work {Quoted(root)}";

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
