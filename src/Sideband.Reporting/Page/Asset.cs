namespace Sideband.Reporting.Page;

/// <summary>Files that are embedded in this library.</summary>
internal static class Asset
{
    public static string Read(string name)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"no resource {name}", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
