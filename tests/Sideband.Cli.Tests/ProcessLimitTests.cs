using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sideband.Cli.Tests;

/// <summary>Whatever the machine refuses, and whenever a signal comes: an exit code of the contract, and one line that says why.</summary>
public sealed class ProcessLimitTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_full_device_at_standard_output() =>
        Shell(3, "inspect \"$DATA\" > /dev/full").ShouldBe("error: no space left on device\n");

    [Fact]
    public void Too_few_open_files() => Shell(3, "inspect \"$DATA\"", "ulimit -n 40;")
        .ShouldBe("error: too few open files are allowed; 128 are needed (ulimit -n 1024)\n");

    [Fact]
    public void Too_little_memory() => Shell(3, "simulate --events 5000000 --out \"$OUT\"", "export DOTNET_GCHeapHardLimit=0x4000000;")
        .ShouldBe("error: not enough memory; fewer --threads, fewer events, or a larger limit help\n");

    [Theory]
    [InlineData(PosixSignal.SIGTERM, "TERM")]
    [InlineData(PosixSignal.SIGINT, "INT")]
    public void A_signal_while_nothing_is_trained(PosixSignal signal, string name)
    {
        Assert.SkipWhen(
            ResumeTests.IsIgnored(signal), $"{signal} is ignored by the process that runs the tests, and so by its children");
        using var process = Cli.Start(["simulate", "--events", "20000000", "--out", _folder.PathOf("events.npz")]);
        Waiting.Until(() => HasHandlers(process), "the program to begin");
        Signals.Send(name, process.Id);
        var result = Cli.Finish(process);
        result.ExitCode.ShouldBe(130, result.Error);
        result.Error.ShouldBe("interrupted; what is done is kept, and the same command goes on from there\n");

        Directory.GetFiles(_folder.Root).ShouldBeEmpty();
    }

    // SIGTERM is among the signals that the process catches.
    private static bool HasHandlers(Process process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("SigCgt:", StringComparison.Ordinal));
        return (Convert.ToUInt64(line[7..].Trim(), 16) >> 14 & 1) == 1 && process.TotalProcessorTime > TimeSpan.FromSeconds(0.3);
    }

    private string Shell(int exitCode, string arguments, string before = "")
    {
        var start = new ProcessStartInfo("bash", ["-c", $"{before} exec dotnet \"$SIDEBAND\" {arguments}"])
        {
            RedirectStandardError = true,
        };
        start.Environment["SIDEBAND"] = Path.Combine(AppContext.BaseDirectory, "sideband.dll");
        start.Environment["DATA"] = toys.Data;
        start.Environment["OUT"] = _folder.PathOf("out.npz");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(exitCode, error);
        return error;
    }
}
