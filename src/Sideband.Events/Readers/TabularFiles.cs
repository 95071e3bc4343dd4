namespace Sideband.Events.Readers;

/// <summary>Opens a table by its file's content, or by the file's name where the content has no mark.</summary>
internal static class TabularFiles
{
    /// <summary>Opens <c>FILE</c>, or one object of it, <c>FILE:OBJECT</c>: a tree of a ROOT file, a key of an HDF5 file.</summary>
    /// <exception cref="InputDataException">No such file or object, an unknown format, or a file that cannot be read.</exception>
    public static TabularFile Open(string path)
    {
        var place = FilePlace.Of(path);
        var (file, name) = (place.Path, Path.GetFileName(place.Path));
        if (!File.Exists(file))
        {
            throw new InputDataException(Directory.Exists(file) ? $"{file}: a folder, not a file" : $"{file}: no such file");
        }

        try
        {
            var head = Head(file);
            if (head.Length == 0)
            {
                throw new InputDataException($"{name}: the file is empty");
            }

            var format = TabularFormats.Find(head, file) ?? throw new InputDataException(
                $"{name}: unknown extension '{Path.GetExtension(file).ToLowerInvariant()}' and content (first bytes "
                + $"{TabularFormats.Describe(head)}) (allowed: {TabularFormats.Allowed})");
            return place.Inner is null || format.HasObjects
                ? format.Open(file, place.Inner)
                : throw new InputDataException($"{name}: '{place.Inner}' is asked for, but {format.Name} files hold one table only");
        }
        catch (UnauthorizedAccessException error)
        {
            throw new InputDataException($"{file}: may not be read (permission denied)", error);
        }
        catch (IOException error)
        {
            throw new InputDataException($"{file}: cannot be read: {error.Message}", error);
        }
    }

    private static byte[] Head(string path)
    {
        using var stream = File.OpenRead(path);
        var head = new byte[TabularFormats.HeadLength];
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }
}
