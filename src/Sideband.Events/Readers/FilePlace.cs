namespace Sideband.Events.Readers;

/// <summary>A file, and possibly an object in it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Inner">A tree or key, or null.</param>
internal readonly record struct FilePlace(string Path, string? Inner)
{
    /// <summary>
    /// Splits <c>FILE:OBJECT</c>. A file whose own name is the whole text comes first, then the longest name before a colon that is a
    /// file; where there is none, a colon behind an extension that is read ends the name.
    /// </summary>
    public static FilePlace Of(string text)
    {
        if (!text.Contains(':') || File.Exists(text) || Directory.Exists(text))
        {
            return new FilePlace(text, null);
        }

        List<FilePlace> places = [];
        for (var at = text.LastIndexOf(':'); at > 0; at = text.LastIndexOf(':', at - 1))
        {
            if (at < text.Length - 1)
            {
                places.Add(new FilePlace(text[..at], text[(at + 1)..]));
            }
        }

        return places.Where(place => File.Exists(place.Path))
            .Concat(places.Where(place => TabularFormats.ByName(place.Path) is not null))
            .FirstOrDefault(new FilePlace(text, null));
    }
}
