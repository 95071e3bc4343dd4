using System.Text.Json;
using Sideband.Events.Readers;

namespace Sideband.Events.Tests;

/// <summary>The files made by tests/Reference/events/make.py, numpy's values for them, and folders for files that tests write.</summary>
internal static class Fixtures
{
    public static readonly string[] AllFeatures =
    [
        "mj1", "delta_mj", "tau21_j1", "tau21_j2", "tau32_j1", "tau32_j2", "delta_r", "mj1_shifted", "delta_mj_shifted",
    ];

    private static readonly string Root = FindRoot();

    /// <summary>The folder beside the repository with large samples and reference files, where it is there.</summary>
    public static readonly string Shared = Path.Combine(Root, "..", "shared");

    private static readonly JsonElement Expected = JsonDocument.Parse(File.ReadAllText(PathOf("expected.json"))).RootElement;

    /// <summary>A committed file.</summary>
    public static string PathOf(string name) => Path.Combine(Root, "tests", "Reference", "events", name);

    /// <summary>A file of the large simulated samples that lie beside the repository; skips the test where they are not there.</summary>
    public static string SharedPath(string name)
    {
        var path = Path.Combine(Shared, "data", name);
        Assert.SkipUnless(File.Exists(path), "the shared event files are not there");
        return path;
    }

    /// <summary>numpy's value of a derived feature for each row, in double precision.</summary>
    public static double[] Derived(string feature) => Numbers(Expected.GetProperty("derived").GetProperty(feature));

    public static double[] ExpectedColumn(string name) => Numbers(Expected.GetProperty(name));

    public static double ExpectedNumber(string group, string name) => Expected.GetProperty(group).GetProperty(name).GetDouble();

    /// <summary>Rows [start, until) of a file's column.</summary>
    public static double[] Column(TabularFile file, string name, long start, long until) =>
        [.. file.Read([name], start, until).SelectMany(batch => batch.Columns[0].Take(batch.Count).ToArray())];

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sideband.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Sideband.slnx is not above the tests");
        }

        return folder;
    }
}

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sideband-test-");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file of lines.</summary>
    public string Write(string name, params string[] lines)
    {
        File.WriteAllLines(PathOf(name), lines);
        return PathOf(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
