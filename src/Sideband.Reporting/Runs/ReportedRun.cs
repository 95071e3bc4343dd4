using System.Globalization;
using Sideband.Events;
using Sideband.Reporting.Wording;
using Sideband.Search.Collect;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Runs;

/// <summary>What a report knows of one run: its results.json and its summary/, nothing else.</summary>
/// <param name="Name">The folder's name, by which the report calls the run.</param>
/// <param name="Folder">The run directory, as it was given.</param>
/// <param name="Result">results.json.</param>
/// <param name="Summaries">
/// The arrays of each window by its number; none of a window that is not done, nor of a blind search, which scores no data.
/// </param>
public sealed record ReportedRun(string Name, string Folder, ScanResult Result, IReadOnlyDictionary<int, WindowArrays> Summaries)
{
    /// <summary>Units of the table's columns, as an earlier report of this run was told.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>();

    /// <summary>The pictures of each window's fits by its number; empty before <c>sideband fit</c>.</summary>
    public IReadOnlyDictionary<int, WindowArrays> Fits { get; init; } = new Dictionary<int, WindowArrays>();

    /// <summary>S of the experiments of the last calibration that made any; null where none did.</summary>
    public ExperimentSignificances? Experiments { get; init; }

    /// <summary>The run with units for some of its columns.</summary>
    public ReportedRun WithUnits(IReadOnlyDictionary<string, string> given)
    {
        var own = given.Where(entry => entry.Key == Result.Mass || Result.Features.Contains(entry.Key));
        return this with
        {
            Units = Units.Concat(own).GroupBy(entry => entry.Key).ToDictionary(same => same.Key, same => same.Last().Value),
        };
    }

    /// <summary>The window that a report shows first: that of the number which is quoted, else the middle one.</summary>
    public int FirstWindow => (Headline.Of(Result)?.Quoted.Window ?? Result.Windows[Result.Windows.Count / 2]).Number;

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

        var (summaries, fits) = (new Dictionary<int, WindowArrays>(), new Dictionary<int, WindowArrays>());
        foreach (var window in result.Windows)
        {
            var path = Path.Combine(folder, "summary", string.Create(CultureInfo.InvariantCulture, $"window_{window.Number}.json"));
            if (File.Exists(path))
            {
                summaries[window.Number] = WindowArrays.Read(path);
            }
            else if (!result.Blind && !UnfinishedUnits.LeaveOpen(window.Number, result.Failures))
            {
                throw new InputDataException($"{path}: missing; 'sideband collect {folder}' writes it again");
            }

            var fit = Path.Combine(folder, "summary", string.Create(CultureInfo.InvariantCulture, $"fits_{window.Number}.json"));
            if (result.Fits.Any(entry => entry.Number == window.Number))
            {
                fits[window.Number] = File.Exists(fit)
                    ? WindowArrays.Read(fit)
                    : throw new InputDataException($"{fit}: missing; 'sideband fit {folder}' writes it again");
            }
        }

        return new ReportedRun(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), folder, result, summaries)
        {
            Units = ColumnUnits.Read(folder),
            Fits = fits,
            Experiments = result.Calibrations.LastOrDefault(calibration => calibration.Experiments > 0) is { } last
                ? ReadExperiments(folder, result, last)
                : null,
        };
    }

    private static ExperimentSignificances ReadExperiments(string folder, ScanResult result, CalibrationResult calibration)
    {
        var path = Path.Combine(folder, "summary", calibration.Kind + ".json");
        return File.Exists(path)
            ? new ExperimentSignificances(result, calibration, WindowArrays.ReadExperiments(path))
            : throw new InputDataException($"{path}: missing; 'sideband collect {folder}' writes it again");
    }

    /// <summary>Several runs; two with the same folder name are told apart by the path that was given.</summary>
    public static IReadOnlyList<ReportedRun> ReadAll(IReadOnlyList<string> folders)
    {
        var runs = folders.Select(Read).ToArray();
        return [.. runs.Select(run => runs.Count(other => other.Name == run.Name) > 1 ? run with { Name = run.Folder } : run)];
    }
}
