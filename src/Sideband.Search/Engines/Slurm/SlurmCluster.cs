using System.Globalization;
using Sideband.Events;

namespace Sideband.Search.Engines.Slurm;

/// <summary>What the cluster says of itself.</summary>
/// <param name="MostTasks">Tasks of one array, at most.</param>
/// <param name="Cores">Those of the partition that are not out of service, at least 1.</param>
/// <param name="HasAccounting">True where sacct knows ended jobs.</param>
/// <param name="CompletionFile">Where ended jobs are written to, line by line; null where they are not.</param>
internal sealed record SlurmCluster(int MostTasks, int Cores, bool HasAccounting, string? CompletionFile)
{
    /// <param name="partition">Null: all partitions.</param>
    /// <exception cref="ConfigurationException">No Slurm here, or no such partition.</exception>
    public static SlurmCluster Ask(string? partition)
    {
        var answer = SlurmTools.Run("scontrol", "show", "config");
        if (answer.ExitCode != 0)
        {
            throw new ConfigurationException($"--engine slurm: scontrol show config: {answer.Complaint}");
        }

        var config = answer.Lines.Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2).GroupBy(parts => parts[0]).ToDictionary(group => group.Key, group => group.First()[1]);
        var most = int.TryParse(config.GetValueOrDefault("MaxArraySize"), CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : throw new ConfigurationException("--engine slurm: the cluster has MaxArraySize 0 and so no job arrays");
        return new SlurmCluster(
            most,
            CoresOf(partition),
            config.GetValueOrDefault("AccountingStorageType") == "accounting_storage/slurmdbd",
            config.GetValueOrDefault("JobCompType") == "jobcomp/filetxt" ? config.GetValueOrDefault("JobCompLoc") : null);
    }

    // Allocated/idle/other/total, a line for each kind of node.
    private static int CoresOf(string? partition)
    {
        var answer = SlurmTools.Run("sinfo", ["-h", "-o", "%C", .. partition is null ? Array.Empty<string>() : ["-p", partition]]);
        var cores = answer.Lines.Select(line => line.Split('/')).Where(parts => parts.Length == 4).Sum(parts =>
            parts.Take(2).Sum(part => int.TryParse(part, CultureInfo.InvariantCulture, out var number) ? number : 0));
        return answer.ExitCode == 0 && (partition is null || answer.Lines.Length > 0)
            ? Math.Max(1, cores)
            : throw new ConfigurationException(partition is null
                ? $"--engine slurm: sinfo: {answer.Complaint}"
                : $"--engine-option partition: '{partition}' is not a partition of this cluster");
    }
}
