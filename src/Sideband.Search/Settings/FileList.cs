using Sideband.Events;

namespace Sideband.Search.Settings;

/// <summary>The files of one role, which are read as one sample, and their text form, separated by commas.</summary>
internal static class FileList
{
    /// <exception cref="ConfigurationException">No file, or a malformed row range.</exception>
    public static IReadOnlyList<EventFileSpec> Parse(string key, string text)
    {
        EventFileSpec[] files =
        [
            .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(EventFileSpec.Parse),
        ];
        return files.Length > 0
            ? files
            : throw new ConfigurationException($"{key}: no file; allowed: FILE, FILE[a:b], or several separated by commas");
    }

    /// <summary>The text form; null where there is no file.</summary>
    public static string? Show(IReadOnlyList<EventFileSpec> files) => files.Count == 0 ? null : string.Join(',', files);
}
