using System.Text;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Reporting.Compare;
using Sideband.Search.Compare;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Files;

/// <summary>The folder of a comparison: comparison.json, comparison.html, tables/NAME.csv and figures/.</summary>
public static class ComparisonFiles
{
    private const string ResultFile = "comparison.json";

    /// <summary>Refuses a folder that holds anything but an earlier comparison.</summary>
    /// <exception cref="ConfigurationException">It does.</exception>
    public static void Check(string folder)
    {
        if (File.Exists(folder)
            || (Directory.Exists(folder) && !File.Exists(Path.Combine(folder, ResultFile))
                && Directory.EnumerateFileSystemEntries(folder).Any(entry => !AtomicFile.IsTemporary(entry))))
        {
            throw new ConfigurationException($"--out: {folder}: not empty and not a comparison; give another folder");
        }
    }

    /// <param name="folder">Where they go.</param>
    /// <param name="result">The numbers.</param>
    /// <param name="curves">What is drawn beside them.</param>
    /// <param name="withSvg">Whether the pictures are written too.</param>
    /// <returns>The page.</returns>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static string Write(string folder, ComparisonResult result, IReadOnlyList<ComparisonCurves> curves, bool withSvg)
    {
        var tables = Path.Combine(folder, "tables");
        AtomicFile.CreateFolder(folder);
        AtomicFile.Clean(folder);

        // First, as it tells that the folder is that of a comparison, should this be interrupted.
        ComparisonJson.Write(Path.Combine(folder, ResultFile), result);
        AtomicFile.CreateFolder(tables);
        AtomicFile.Clean(tables);
        foreach (var (name, table) in ComparisonTables.Of(result))
        {
            Write(Path.Combine(tables, name + ".csv"), table.ToCsv());
        }

        var figures = ComparisonFigures.Of(result, curves);
        FigureFiles.Write(Path.Combine(folder, "figures"), figures, withSvg);
        var page = Path.Combine(folder, "comparison.html");
        Write(page, ComparisonPage.Write(result, figures));
        return page;
    }

    private static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
