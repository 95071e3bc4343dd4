namespace Sideband.Search.Settings;

/// <summary>
/// Full names as the operating system finds files: '..' behind a link is the parent of the folder that the link points to. A link that no
/// '..' climbs out of keeps its name.
/// </summary>
internal static class FullPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <param name="path">Of a file or folder that need not be there.</param>
    /// <param name="folder">Full name of the folder that it may be relative to.</param>
    public static string Of(string path, string folder) => Walk(path, folder, 0);

    private static string Walk(string path, string folder, int links)
    {
        var full = Path.GetPathRoot(path) is { Length: > 0 } root ? root : folder;
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            full = part == ".." ? Parent(full, links) : Path.Combine(full, part);
        }

        return full;
    }

    private static string Parent(string folder, int links)
    {
        var parent = Path.GetDirectoryName(folder) ?? folder;
        return links < MostLinks && new DirectoryInfo(folder).LinkTarget is { } target
            ? Parent(Walk(target, parent, links + 1), links + 1)
            : parent;
    }
}
