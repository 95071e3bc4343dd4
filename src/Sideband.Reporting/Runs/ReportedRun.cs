using System.Globalization;
using Sideband.Events;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Runs;

/// <summary>What a report knows of one run: its results.json and its summary/, nothing else.</summary>
/// <param name="Name">The folder's name, by which the report calls the run.</param>
/// <param name="Folder">The run directory, as it was given.</param>
/// <param name="Result">results.json.</param>
/// <param name="Summaries">The arrays of each window by its number; empty for a blind search, which scores no data.</param>
public sealed record ReportedRun(string Name, string Folder, ScanResult Result, IReadOnlyDictionary<int, WindowArrays> Summaries)
{
    /// <summary>
    /// The window that a report shows first: of the largest excess that is claimed, else of the largest significance, else the middle one.
    /// </summary>
    public int FirstWindow =>
        (Headline is { Point.Significance.Mean: not null } best ? best.Window : Result.Windows[Result.Windows.Count / 2]).Number;

    /// <summary>
    /// The window and working point of the largest significance, among those that are claimed if there are any, and never where the tables
    /// speak against a claim; null where none is left.
    /// </summary>
    public (WindowResult Window, WorkingPointResult Point, int WorkingPoint)? Headline
    {
        get
        {
            var all = Result.Windows.Where(window => window.ClaimWithheld is null)
                .SelectMany(window => window.WorkingPoints.Select((point, e) => (Window: window, Point: point, WorkingPoint: e)))
                .Where(entry => entry.Point.Significance.Mean is not null)
                .OrderByDescending(entry => entry.Point.Significance.Mean)
                .ToArray();
            var claimed = all.Where(entry => Result.Validation[entry.WorkingPoint].LargestExcess == entry.Window.Number).ToArray();
            return claimed.Length > 0 ? claimed[0] : all.Length > 0 ? all[0] : null;
        }
    }

    /// <exception cref="ConfigurationException">The folder holds no results.</exception>
    /// <exception cref="InputDataException">A file in it is damaged.</exception>
    public static ReportedRun Read(string folder)
    {
        var results = Path.Combine(folder, "results.json");
        if (!File.Exists(results))
        {
            throw new ConfigurationException(File.Exists(Path.Combine(folder, "search.yaml"))
                ? $"{folder}: no results yet; 'sideband scan {folder}' goes on with the search"
                : $"{folder}: not a run directory (no results.json in it)");
        }

        var result = ResultsJson.Read(results);
        if (result.Windows is not { Count: > 0 })
        {
            throw new InputDataException($"{results}: no windows in it");
        }

        var summaries = new Dictionary<int, WindowArrays>();
        foreach (var window in result.Windows)
        {
            var path = Path.Combine(folder, "summary", string.Create(CultureInfo.InvariantCulture, $"window_{window.Number}.json"));
            if (File.Exists(path))
            {
                summaries[window.Number] = WindowArrays.Read(path);
            }
            else if (!result.Blind)
            {
                throw new InputDataException($"{path}: missing; 'sideband collect {folder}' writes it again");
            }
        }

        return new ReportedRun(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), folder, result, summaries);
    }

    /// <summary>Several runs; two with the same folder name are told apart by the path that was given.</summary>
    public static IReadOnlyList<ReportedRun> ReadAll(IReadOnlyList<string> folders)
    {
        var runs = folders.Select(Read).ToArray();
        return [.. runs.Select(run => runs.Count(other => other.Name == run.Name) > 1 ? run with { Name = run.Folder } : run)];
    }
}
