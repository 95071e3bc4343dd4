namespace Sideband.Cli;

/// <summary>How this program is called again, on this machine or on another one with the same files.</summary>
internal static class ThisProgram
{
    /// <summary>Words of the command line: the program, or dotnet and the program.</summary>
    public static IReadOnlyList<string> Words { get; } =
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) != "dotnet"
            ? [path]
            : [Environment.ProcessPath ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "sideband.dll")];
}
