using System.ComponentModel;
using System.Diagnostics;
using Sideband.Events;

namespace Sideband.Search.Engines.Slurm;

/// <summary>Runs Slurm's own commands.</summary>
internal static class SlurmTools
{
    // A controller that is restarted answers late: its clients try for up to a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="program">sbatch, squeue, ...</param>
    /// <param name="arguments">One each.</param>
    /// <returns>Exit code and what was written.</returns>
    /// <exception cref="ConfigurationException">There is no such program.</exception>
    public static SlurmAnswer Run(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                return new SlurmAnswer(1, "", $"{program} does not answer");
            }

            return new SlurmAnswer(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (Win32Exception error)
        {
            throw new ConfigurationException($"--engine slurm: '{program}' cannot be run here ({error.Message}); "
                + "start sideband where jobs are submitted, or take --engine local", error);
        }
    }
}

/// <summary>What a command said.</summary>
internal sealed record SlurmAnswer(int ExitCode, string Output, string Error)
{
    /// <summary>Lines of the output.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The last line of the error, or of the output.</summary>
    public string Complaint =>
        (Error.Trim() is { Length: > 0 } error ? error : Output.Trim() is { Length: > 0 } output ? output : $"exit code {ExitCode}")
            .Split('\n')[^1];

    /// <summary>True where the controller does not know the jobs any more: they ended some time ago.</summary>
    public bool IsUnknownJob => Error.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase);
}
