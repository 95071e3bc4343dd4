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
        result.Error.ShouldBe("interrupted; the same command begins anew\n");

        Directory.GetFiles(_folder.Root).ShouldBeEmpty();
    }

    /// <summary>A million rows are read for a second or two.</summary>
    [Theory]
    [InlineData("inspect", "INT")]
    [InlineData("scan", "TERM")]
    [InlineData("plan", "INT")]
    public void A_signal_while_events_are_read(string command, string name)
    {
        SkipWhereIgnored(name);
        var data = _folder.Write("long.csv", [.. Enumerable.Repeat("5.25,0.125,0.75", 1_000_000).Prepend("m,x,y")]);
        string[] search = ["--data", data, "--mass", "m", "--features", "x,y", "--windows", "4:6:1:1"];
        using var process = Cli.Start(command switch
        {
            "inspect" => ["inspect", data],
            "plan" => ["plan", _folder.PathOf("run"), .. search],
            _ => [command, .. search, "--out", _folder.PathOf("run")],
        });
        Waiting.Until(() => HasHandlers(process), "the program to begin");
        Signals.Send(name, process.Id);
        var result = Cli.Finish(process);
        result.ExitCode.ShouldBe(130, result.Error);
        result.Error.ShouldStartWith("interrupted");
        Directory.GetFiles(_folder.Root, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    /// <summary>What takes a fraction of a second ends before or as interrupted, at whatever moment the signal comes.</summary>
    [Theory]
    [InlineData("collect", "TERM")]
    [InlineData("report", "INT")]
    [InlineData("verify", "TERM")]
    public void A_signal_to_what_is_short(string command, string name)
    {
        SkipWhereIgnored(name);
        var run = _folder.PathOf("run");
        Cli.Succeed(toys.Search("--out", run, "--quiet"));
        for (var moment = 0; moment < 6; moment++)
        {
            using var process = Cli.Start([command, run]);
            Waiting.Until(() => process.HasExited || HasHandlers(process, 0.12 + (0.05 * moment)), "the program to begin");
            Signals.Send(name, process.Id);
            var result = Cli.Finish(process);
            result.ExitCode.ShouldBeOneOf([0, 130], result.Error);
        }

        Cli.Succeed("collect", run, "--quiet");
        Cli.Succeed("verify", run);
        Directory.GetFiles(run, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1e308")]
    [InlineData("-1e308")]
    [InlineData("1e-320")]
    public void Numbers_at_the_edge_of_what_there_is(string number)
    {
        string[] lines = [.. Toys.Lines(7, 4000, 0, label: false)];
        for (var i = 1; i < lines.Length; i += 40)
        {
            lines[i] = (i % 80 == 1 ? number : "5") + "," + (i % 80 == 1 ? "0.5" : number) + ",0.5";
        }

        var run = _folder.PathOf("run");
        Cli.Succeed(Toys.SearchOf(_folder.Write("edge.csv", lines), "--systematics", "none", "--out", run, "--quiet"));
        Cli.Succeed("inspect", _folder.PathOf("edge.csv"));
        Cli.Succeed("verify", run);
    }

    private static void SkipWhereIgnored(string name) => Assert.SkipWhen(
        ResumeTests.IsIgnored(name == "INT" ? PosixSignal.SIGINT : PosixSignal.SIGTERM),
        $"SIG{name} is ignored by the process that runs the tests, and so by its children");

    // SIGTERM is among the signals that the process catches.
    private static bool HasHandlers(Process process, double seconds = 0.3)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("SigCgt:", StringComparison.Ordinal));
        return (Convert.ToUInt64(line[7..].Trim(), 16) >> 14 & 1) == 1 && process.TotalProcessorTime > TimeSpan.FromSeconds(seconds);
    }

    private string Shell(int exitCode, string arguments, string before = "")
    {
        var start = new ProcessStartInfo("bash", ["-c", $"{before} exec dotnet \"$SIDEBAND\" {arguments}"])
        {
            RedirectStandardError = true,
        };
        start.Environment["SIDEBAND"] = Cli.Program;
        start.Environment["DATA"] = toys.Data;
        start.Environment["OUT"] = _folder.PathOf("out.npz");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(exitCode, error);
        return error;
    }
}
