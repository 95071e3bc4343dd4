using System.Diagnostics;

namespace Sideband.Cli.Tests;

/// <summary>A full disk ends the run with one line; after making room the same command goes on from what is there.</summary>
public sealed class FullDiskTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(40)]
    [InlineData(128)]
    public void Goes_on_when_there_is_room(int kibibytes)
    {
        // 40 KiB are full after some units; 128 KiB hold all units, so that the disk fills while results are written.
        var disk = _folder.PathOf("disk");
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(Mount("-t", "tmpfs", "-o", $"size={kibibytes}k", "none", disk), "mounting a small disk needs root");
        try
        {
            var run = Path.Combine(disk, "run");
            var arguments = toys.Search("--out", run, "--quiet");
            Cli.Refuse(3, arguments).ShouldContain("no space left on device", Case.Insensitive);
            Directory.GetFiles(run, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
            ResultsFile.UnitCount(run).ShouldBeInRange(1, kibibytes == 40 ? 11 : 12);

            Mount("-o", "remount,size=16m", disk).ShouldBeTrue();
            Cli.Succeed(arguments);
            Cli.Succeed(toys.Search("--out", _folder.PathOf("undisturbed"), "--quiet"));
            ResultsFile.ShouldBeTheSame(run, _folder.PathOf("undisturbed"));
        }
        finally
        {
            Shell("umount", disk).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_read_only_disk_is_called_so()
    {
        var disk = _folder.PathOf("disk");
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(Mount("-t", "tmpfs", "-o", "size=16m", "none", disk), "mounting a small disk needs root");
        try
        {
            var run = Path.Combine(disk, "run");
            Cli.Succeed(toys.Search("--out", run, "--quiet"));
            Mount("-o", "remount,ro", disk).ShouldBeTrue();
            string[] commands = ["scan", "collect", "report", "export"];
            foreach (var command in commands)
            {
                Cli.Refuse(3, command == "export" ? [command, run, "--pyhf"] : [command, run])
                    .ShouldContain("the file system is read-only");
            }

            Cli.Succeed("verify", run);
        }
        finally
        {
            Shell("umount", disk).ShouldBeTrue();
        }
    }

    internal static bool Mount(params string[] arguments) => Environment.UserName == "root" && Shell("mount", arguments);

    internal static bool Shell(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
