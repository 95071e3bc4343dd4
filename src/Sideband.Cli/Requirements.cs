using System.Globalization;
using System.Runtime.Intrinsics.X86;
using Sideband.Reporting.Page;
using Sideband.Search.Runs;

namespace Sideband.Cli;

/// <summary>What commands need of a machine beside the program itself, which brings the readers of all formats.</summary>
internal static class Requirements
{
    // What a search with the default settings keeps, and what one of a million events takes (docs/performance.md).
    private const double SearchDiskGigabytes = 0.5;
    private const double SearchMemoryGigabytes = 2;

    /// <summary>Commands, and what they lack and what to do about it; null where they have all they need.</summary>
    /// <param name="folder">Where the commands would write.</param>
    public static IEnumerable<(string Commands, string? Missing)> Of(string folder)
    {
        var place = Place(folder);
        var training = place ?? Space(folder) ?? Memory() ?? Vectors();
        yield return ("scan, work", training);
        yield return ("calibrate, inject", training);
        yield return ("plan, collect", place ?? BatchSystem());
        yield return ("score, simulate", place ?? Vectors());
        yield return ("fit, compare", place ?? Vectors());
        yield return ("limit, export", place);
        yield return ("report", place ?? Charts());
        yield return ("status, verify", null);
        yield return ("inspect", null);
        yield return ("completion", Shell());
        yield return ("man", Machine.OnPath("man") ? null : "the program man, which shows the page (Debian: apt-get install man-db)");
    }

    // Tried, as rights, quotas and read-only file systems cannot be read off.
    private static string? Place(string folder)
    {
        var trial = Path.Combine(folder, $".sideband-{Environment.ProcessId}");
        try
        {
            using (new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
                return null;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "a folder to write in: this one cannot be written to; --out names another";
        }
    }

    private static string? Space(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace / 1e9;
        return free >= SearchDiskGigabytes ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"disk space: {free:0.00} GB are free here, a search keeps up to {SearchDiskGigabytes} GB; --out names another place");
    }

    private static string? Memory()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        return memory >= SearchMemoryGigabytes ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"memory: {memory:0.0} GB; a million events take about {SearchMemoryGigabytes} GB, smaller searches work");
    }

    private static string? Vectors() => Avx2.IsSupported && Fma.IsSupported ? null
        : "AVX2 and FMA: results are not promised to be identical to other machines'";

    private static string? BatchSystem() => Machine.BatchSystems().Any() ? null
        : "a batch system (Slurm's sbatch, HTCondor's condor_submit); without one 'sideband scan' does all on this machine";

    private static string? Charts() => ChartRuntime.IsEmbedded ? null
        : "the chart runtime: figures are drawn, but show no values beside the pointer; build Sideband where npm is";

    private static string? Shell() => Machine.OnPath("bash") || Machine.OnPath("zsh") ? null : "bash or zsh";
}
