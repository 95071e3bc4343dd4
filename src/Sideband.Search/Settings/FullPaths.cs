using Sideband.Events;

namespace Sideband.Search.Settings;

/// <summary>Makes file names of settings independent of the folder that a search is started in.</summary>
public static class FullPaths
{
    /// <summary>Settings whose relative paths are resolved against a folder: that of SEARCH.yaml, or the current one for options.</summary>
    public static SearchSettings WithFullPaths(this SearchSettings settings, string folder) =>
        settings.WithPaths(path => Path.GetFullPath(path, folder)) with
        {
            Store = settings.Store is null ? null : Path.GetFullPath(settings.Store, folder),
        };

    /// <summary>Settings whose event files below a folder are named from there, so that the folder can be moved with them.</summary>
    /// <param name="folder">A full path.</param>
    public static SearchSettings WithRelativePaths(this SearchSettings settings, string folder)
    {
        var start = Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar;
        return settings.WithPaths(path => path.StartsWith(start, StringComparison.Ordinal) ? path[start.Length..] : path);
    }

    private static SearchSettings WithPaths(this SearchSettings settings, Func<string, string> change)
    {
        EventFileSpec Changed(EventFileSpec file) => file with { Path = change(file.Path) };
        IReadOnlyList<EventFileSpec> All(IReadOnlyList<EventFileSpec> files) => [.. files.Select(Changed)];

        return settings with
        {
            Data = All(settings.Data),
            Inject = settings.Inject is { } injection ? injection with { File = Changed(injection.File) } : null,
            MonteCarlo = All(settings.MonteCarlo),
            IdealBackground = All(settings.IdealBackground),
            Test = All(settings.Test),
            Signal = All(settings.Signal),
        };
    }
}
