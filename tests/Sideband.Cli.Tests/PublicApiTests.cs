using System.Reflection;

namespace Sideband.Cli.Tests;

/// <summary>
/// The public surface of every assembly of src is the one committed in tests/Reference/api: what others may build on changes on purpose,
/// and a review sees it.
/// </summary>
public sealed class PublicApiTests
{
    private const string Folder = "tests/Reference/api";
    private const string Renew = "SIDEBAND_RENEW_API";

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Repository.PathOf("src")).Select(path => Path.GetFileName(path)).Order()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Is_the_committed_one(string project)
    {
        var surface = PublicSurface.Of(Assembly.Load(project == "Sideband.Cli" ? "sideband" : project));
        var path = Repository.PathOf($"{Folder}/{project}.txt");
        if (Environment.GetEnvironmentVariable(Renew) == "1")
        {
            Directory.CreateDirectory(Repository.PathOf(Folder));
            File.WriteAllText(path, surface);
        }

        var differences = Differences(File.Exists(path) ? File.ReadAllText(path) : "", surface);
        Assert.True(
            differences.Length == 0,
            $"the public surface of {project} is not the one in {Folder}/{project}.txt; "
            + $"if it was changed on purpose, {Renew}=1 ./test Cli PublicApi writes it anew:\n{differences}");
    }

    [Fact]
    public void Every_committed_surface_is_that_of_a_project() => Directory.GetFiles(Repository.PathOf(Folder))
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Except(Projects.Select(row => row.Data))
        .ShouldBeEmpty();

    [Fact]
    public void A_difference_is_shown_as_the_lines_that_went_and_came() =>
        Differences("class A.B\n    int One()\n    int Two()\n", "class A.B\n    int Two()\n    long One()\n")
            .ShouldBe("-    int One()\n+    long One()\n");

    [Fact]
    public void The_text_shows_what_a_caller_can_rely_on()
    {
        var numerics = PublicSurface.Of(typeof(Numerics.RandomStream).Assembly);
        numerics.ShouldContain("sealed class Sideband.Numerics.RandomStream\n");
        numerics.ShouldContain("    static RandomStream For(ulong seed, params ReadOnlySpan<string> names)\n");
        numerics.ShouldNotContain("BackingField");
    }

    private static string Differences(string committed, string built)
    {
        var (before, now) = (Qualified(committed), Qualified(built));
        return string.Concat([
            .. before.Except(now).Select(line => $"-{line.Line}\n"),
            .. now.Except(before).Select(line => $"+{line.Line}\n"),
        ]);
    }

    // A member belongs to the type above it: many types have an int Count { get; }.
    private static List<(string Type, string Line)> Qualified(string text)
    {
        var type = "";
        List<(string, string)> lines = [];
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            type = line.StartsWith(' ') ? type : line;
            lines.Add((type, line));
        }

        return lines;
    }
}
