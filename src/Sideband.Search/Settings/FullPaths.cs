using Sideband.Events;

namespace Sideband.Search.Settings;

/// <summary>Makes file names of settings independent of the folder that a search is started in.</summary>
public static class FullPaths
{
    /// <summary>Settings whose relative paths are resolved against a folder: that of SEARCH.yaml, or the current one for options.</summary>
    public static SearchSettings WithFullPaths(this SearchSettings settings, string folder)
    {
        EventFileSpec Full(EventFileSpec file) => file with { Path = Path.GetFullPath(file.Path, folder) };
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
            Store = settings.Store is null ? null : Path.GetFullPath(settings.Store, folder),
        };
    }
}
