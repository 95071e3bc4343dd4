using System.CommandLine;
using Sideband.Search.Settings;

namespace Sideband.Cli.Commands;

/// <summary>Options and arguments that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<bool> Quiet() =>
        new("--quiet", "-q") { Description = "No progress and no tables; warnings, errors and files are as always" };

    public static Option<string?> Threads() => new("--threads")
    {
        HelpName = "N",
        Description = "Threads; never changes a result [default: all cores]",
    };

    public static Option<string?> Memory() => new("--memory")
    {
        HelpName = "SIZE",
        Description = "Fewer units at once where they would be expected to take more, for example 4G; never changes a result "
            + "[default: no limit]",
    };

    /// <summary>A run's settings with the threads of this machine: those given, else all cores.</summary>
    public static SearchSettings WithThreads(this SearchSettings settings, string? given) => given is { } number
        ? SettingKeys.ByName("threads", "--threads").Apply(settings, number)
        : settings with { ThreadsOverride = null };

    public static Argument<string> RunDirectory() => new("DIR") { Description = "Run directory" };
}
