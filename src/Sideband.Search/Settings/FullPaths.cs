using Sideband.Events;

namespace Sideband.Search.Settings;

/// <summary>Makes file names of settings independent of the folder that a search is started in.</summary>
public static class FullPaths
{
    /// <summary>Settings whose relative paths are resolved against a folder: that of SEARCH.yaml, or the current one for options.</summary>
    public static SearchSettings WithFullPaths(this SearchSettings settings, string folder)
    {
        EventFileSpec? Full(EventFileSpec? file) => file is null ? null : file with { Path = Path.GetFullPath(file.Path, folder) };

        return settings with
        {
            Data = Full(settings.Data),
            Inject = settings.Inject is { } injection ? injection with { File = Full(injection.File)! } : null,
            MonteCarlo = Full(settings.MonteCarlo),
            IdealBackground = Full(settings.IdealBackground),
            Test = [.. settings.Test.Select(file => Full(file)!)],
            Signal = Full(settings.Signal),
            Store = settings.Store is null ? null : Path.GetFullPath(settings.Store, folder),
        };
    }
}
