using System.Diagnostics;

namespace Sideband.Cli.Tests;

/// <summary>
/// Runs the program: within the tests' own process, where only what is asked for and what is written counts, or as a process of its own,
/// where that can be killed, or has a folder or variables of its own.
/// </summary>
internal static class Cli
{
    // Far beyond what any of these runs takes on a busy machine: a limit against hanging, not a measurement.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>sideband.dll, beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "sideband.dll");

    /// <summary>Runs to the end within this process: starting the program and compiling its code would cost most of what it does.</summary>
    public static CliResult Run(params string[] arguments) =>
        OwnOutput.IsCaught ? OwnOutput.Of(() => Sideband.Cli.Program.Main(arguments), Patience) : RunProcess(arguments);

    /// <summary>Runs a process to the end, with further environment variables and, if given, in a folder.</summary>
    public static CliResult RunProcess(
        string[] arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        using var process = Start(arguments, environment, folder);
        return Finish(process);
    }

    /// <summary>Starts a process and leaves it running; <see cref="Finish"/> must be called.</summary>
    public static Process Start(string[] arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("SIDEBAND_DEBUG");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for the end and takes what was written.</summary>
    public static CliResult Finish(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            throw new TimeoutException($"sideband did not end within {Patience}");
        }

        return new CliResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Runs what must succeed.</summary>
    public static CliResult Succeed(params string[] arguments)
    {
        var result = Run(arguments);
        result.ExitCode.ShouldBe(0, result.Error);
        return result;
    }

    /// <summary>
    /// Runs what must be refused: the exit code, nothing on standard output, and on standard error one line, without stack trace
    /// or help.
    /// </summary>
    /// <returns>The line behind <c>error: </c>.</returns>
    public static string Refuse(int exitCode, params string[] arguments)
    {
        var result = Run(arguments);
        result.ExitCode.ShouldBe(exitCode, result.Error);
        result.Output.ShouldBeEmpty();
        return result.ErrorLine;
    }
}

/// <summary>What a finished process left.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    /// <summary>The only line of standard error, which must be an error's.</summary>
    public string ErrorLine
    {
        get
        {
            Error.ShouldStartWith("error: ");
            Error.ShouldEndWith("\n");
            Error.TrimEnd('\n').ShouldNotContain("\n");
            Error.ShouldNotContain("   at ");
            Error.ShouldNotContain("Usage:");
            Error.ShouldNotContain("unexpected:");
            return Error["error: ".Length..].TrimEnd('\n');
        }
    }
}
