using Sideband.Events;

namespace Sideband.Search.Settings;

/// <summary>The file names of settings: full, so that it does not matter where a search is started, or relative to SEARCH.yaml.</summary>
public static class FullPaths
{
    /// <summary>Settings whose relative paths are resolved against a folder: that of SEARCH.yaml, or the current one for options.</summary>
    public static SearchSettings WithFullPaths(this SearchSettings settings, string folder) =>
        settings.WithPaths(path => FullPath.Of(path, folder));

    /// <summary>
    /// Settings whose files are named relative to a folder, so that folder and files can be moved together. Files that share nothing with
    /// it but the root keep their full name, and so do those that a link on the way hides from the folder.
    /// </summary>
    public static SearchSettings WithRelativePaths(this SearchSettings settings, string folder) => settings.WithPaths(path =>
    {
        var relative = Path.GetRelativePath(folder, path);
        var up = string.Concat(relative.Split('/').TakeWhile(part => part == "..").Select(part => part + "/"));
        var common = Path.GetFullPath(up, folder);
        return Path.GetPathRoot(common) == common || FullPath.Of(relative, folder) != path ? path : relative;
    });

    /// <summary>Settings whose files have lost their folders: what the files hold is compared by content.</summary>
    public static SearchSettings WithoutFolders(this SearchSettings settings) => settings.WithPaths(path => Path.GetFileName(path));

    private static SearchSettings WithPaths(this SearchSettings settings, Func<string, string> change)
    {
        EventFileSpec Full(EventFileSpec file) => file with { Path = change(file.Path) };
        IReadOnlyList<EventFileSpec> All(IReadOnlyList<EventFileSpec> files) => [.. files.Select(Full)];

        return settings with
        {
            Data = All(settings.Data),
            Inject = settings.Inject is { } injection ? injection with { File = Full(injection.File) } : null,
            MonteCarlo = All(settings.MonteCarlo),
            Simulation = All(settings.Simulation),
            IdealBackground = All(settings.IdealBackground),
            Test = All(settings.Test),
            Signal = All(settings.Signal),
            Store = settings.Store is null ? null : change(settings.Store),
        };
    }
}
