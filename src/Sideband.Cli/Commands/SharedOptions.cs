using System.CommandLine;

namespace Sideband.Cli.Commands;

/// <summary>Options and arguments that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<bool> Quiet() =>
        new("--quiet", "-q") { Description = "No progress and no tables; warnings, errors and files are as always" };

    public static Argument<string> RunDirectory() => new("DIR") { Description = "Run directory" };
}
