using Sideband.Search.Runs;
using Sideband.Search.Settings;

namespace Sideband.Search.Tests.Settings;

/// <summary>search.yaml names files relative to itself, so that a project can be moved with its runs.</summary>
public sealed class MovedSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_beside_the_run_are_named_relative_to_it()
    {
        var run = _folder.PathOf("project/runs/first");
        Directory.CreateDirectory(run);
        var settings = Settings(
            ("data", _folder.PathOf("project/events.csv")), ("mc", _folder.PathOf("project/runs/mc.root") + ":tree[0:10]"));
        var yaml = SettingsWriter.ToYaml(settings, run);
        yaml.ShouldContain("data: ../../events.csv\n");
        yaml.ShouldContain("../mc.root:tree[0:10]");

        // Moved with its data it is the same search.
        Directory.Move(_folder.PathOf("project"), _folder.PathOf("elsewhere"));
        var moved = Path.Combine(_folder.PathOf("elsewhere/runs/first"), "search.yaml");
        File.WriteAllText(moved, yaml);
        var again = SettingsReader.Load(moved);
        again.Data[0].Path.ShouldBe(_folder.PathOf("elsewhere/events.csv"));
        again.MonteCarlo[0].ToString().ShouldBe(_folder.PathOf("elsewhere/runs/mc.root") + ":tree[0:10]");
        SettingsWriter.Hash(again).ShouldBe(SettingsWriter.Hash(settings));
    }

    [Fact]
    public void Files_that_share_the_root_alone_keep_their_full_name()
    {
        var settings = Settings(("data", "/elsewhere/events.csv"), ("store", "/store/units"));
        var yaml = SettingsWriter.ToYaml(settings, "/home/somebody/runs/first");
        yaml.ShouldContain("data: /elsewhere/events.csv\n");
        yaml.ShouldContain("store: /store/units\n");
    }

    [Fact]
    public void Names_behind_a_link_lead_out_of_the_folder_that_it_points_to()
    {
        var run = _folder.PathOf("runs/first");
        Directory.CreateDirectory(run);
        Directory.CreateDirectory(_folder.PathOf("sub/deep"));
        Directory.CreateSymbolicLink(_folder.PathOf("sub/run"), "../runs/first");
        Directory.CreateSymbolicLink(_folder.PathOf("sub/deep/again"), "../run");
        Directory.CreateSymbolicLink(_folder.PathOf("sub/runs"), _folder.PathOf("runs"));
        File.WriteAllText(Path.Combine(run, "search.yaml"), "data: ../../events.csv\nmc: mc.csv\n");
        foreach (var link in (string[])["sub/run", "sub/deep/again", "sub/runs/first", "sub/run/../first", "sub/deep/again/"])
        {
            var (directory, settings) = RunDirectory.Open(_folder.PathOf(link));
            settings.Data[0].Path.ShouldBe(_folder.PathOf("events.csv"));

            // What no '..' leads out of keeps its name.
            settings.MonteCarlo[0].Path.ShouldBe(Path.Combine(directory.Root, "mc.csv"));
            SettingsReader.Load(Path.Combine(_folder.PathOf(link), "search.yaml")).Data[0].Path.ShouldBe(_folder.PathOf("events.csv"));
        }

        RunDirectory.At(_folder.PathOf("sub/run")).Root.ShouldBe(_folder.PathOf("sub/run"));
        RunDirectory.At(_folder.PathOf("sub/run/../first")).Root.ShouldBe(run);

        // Written behind a link, too: what '..' would miss keeps its full name, and a link that both lie behind hides nothing.
        var settings2 = Settings(("data", _folder.PathOf("events.csv")), ("mc", _folder.PathOf("sub/runs/mc.csv")));
        var yaml = SettingsWriter.ToYaml(settings2, _folder.PathOf("sub/runs/second"));
        yaml.ShouldContain($"data: {_folder.PathOf("events.csv")}\n");
        yaml.ShouldContain("mc: ../mc.csv\n");
    }

    [Theory]
    [InlineData("1-9", "0.2")]
    [InlineData("300:480:60:60", "30")]
    [InlineData("3.3:3.7,5:5.4", "0.2")]
    [InlineData("3.3:3.7,5:6", null)]
    public void The_default_sideband_is_half_the_windows_width(string windows, string? expected)
    {
        var settings = Settings(("windows", windows));
        SettingKeys.ByName("sideband", "test").Show(settings).ShouldBe(expected);
        foreach (var window in settings.Windows.Windows)
        {
            var (lower, upper) = window.ShortSidebands(settings.SidebandWidth);
            (lower.Width + upper.Width).ShouldBe(window.SignalRegion.Width, 1e-9);
        }
    }

    private static SearchSettings Settings(params (string Key, string Text)[] given) => SettingsReader.Apply(
        new SearchSettings(), given.Select(entry => (SettingKeys.ByName(entry.Key, "test"), entry.Text)));
}
