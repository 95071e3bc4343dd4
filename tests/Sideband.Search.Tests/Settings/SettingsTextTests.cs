using Sideband.Events;
using Sideband.Search.Settings;

namespace Sideband.Search.Tests.Settings;

/// <summary>Files that are no search, or would not end well as one, are refused in one line.</summary>
public sealed class SettingsTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Refused => new()
    {
        { "", "empty; allowed: lines of the form 'key: value'" },
        { "# nothing but a comment\n", "empty; " },
        { "mass: m\n---\nmass: n\n", "line 2: a second document ('---'); one search a file is allowed" },
        { "features: " + new string('[', 100_000), "line 1: nested too deeply" },
        { "features: " + new string('[', 100_000) + new string(']', 100_000), "line 1: nested too deeply" },
        { "features: " + string.Concat(Enumerable.Repeat("{a: ", 50_000)), "line 1: nested too deeply" },
        { "features: [x, y", "not valid YAML" },
        { "features: &a [x]\nmass: *a\n", "line 2: aliases (*name) are not allowed" },
        { "mass: " + new string('m', 1 << 20), "a search file has at most 1048576" },
        { "mass: m\nmass: n\n", "not valid YAML" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_file_that_is_no_search(string text, string message)
    {
        var path = _folder.Write("search.yaml", text);
        var error = Should.Throw<ConfigurationException>(() => SettingsReader.Load(path));
        error.Message.ShouldStartWith(path);
        error.Message.ShouldContain(message);
        error.Message.ShouldNotContain("\n");
    }
}
