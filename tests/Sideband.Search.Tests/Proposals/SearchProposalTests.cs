using System.Globalization;
using Sideband.Numerics;
using Sideband.Search.Proposals;
using Sideband.Search.Settings;

namespace Sideband.Search.Tests.Proposals;

/// <summary>A table with other columns than the defaults: mass, features and windows from what is in it.</summary>
public sealed class SearchProposalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mass_features_and_windows_are_proposed_together()
    {
        var settings = Settings(Table("event_id,pt_ratio,m_ll,isolation,follows,weight", 20000));
        var proposal = SearchProposal.Of(settings).ShouldNotBeNull();

        // follows has correlation 1 with the mass, of which CWoLa hunting would make a signal.
        proposal.Options.ShouldBe(
        [
            ("--mass", "m_ll"), ("--features", "pt_ratio,isolation"), ("--windows", "275:475:25:50"),
            ("--working-points", "0.1,0.01"), ("--systematics", "none"),
        ]);
    }

    [Fact]
    public void Columns_that_are_called_like_sets_are_proposed_as_columns() =>
        SearchProposal.Of(Settings(Table("event_id,baseline,m_ll,shifted,follows,weight", 20000)))!
            .Options.ShouldContain(("--features", "\"baseline\",\"shifted\""));

    [Fact]
    public void What_was_given_is_kept()
    {
        var table = Table("event_id,pt_ratio,m_ll,isolation,follows,weight", 20000);
        var settings = Settings(table, ("mass", "m_ll"), ("windows", "300:480:60:60"), ("systematics", "none"));
        SearchProposal.Of(settings)!.Options.ShouldBe([("--features", "pt_ratio,isolation")]);
        settings = Settings(table, ("mass", "m_ll"), ("features", "follows"), ("systematics", "none"));
        SearchProposal.Of(settings)!.Options.Select(option => option.Option).ShouldBe(["--windows", "--working-points"]);
    }

    [Fact]
    public void Nothing_is_proposed_where_something_else_is_wrong()
    {
        var table = Table("event_id,pt_ratio,m_ll,isolation,follows,weight", 20000);
        SearchProposal.Of(Settings(table, ("mass", "mll"))).ShouldBeNull();
        SearchProposal.Of(Settings(table, ("mass", "m_ll"), ("features", "ptratio"))).ShouldBeNull();
        SearchProposal.Of(Settings(Table("event_id,pt_ratio,m_ll,isolation,follows,weight", 100))).ShouldBeNull();
        SearchProposal.Of(new SearchSettings()).ShouldBeNull();
    }

    [Fact]
    public void A_method_that_stands_it_gets_features_that_follow_the_mass()
    {
        var settings = Settings(Table("event_id,pt_ratio,m_ll,isolation,follows,weight", 20000), ("method", "cathode"));
        SearchProposal.Of(settings)!.Options.ShouldContain(("--features", "pt_ratio,isolation,follows"));
        SearchProposal.Of(settings)!.Options.ShouldContain(("--systematics", "sideband"));
    }

    private static SearchSettings Settings(string table, params (string Key, string Text)[] given) => SettingsReader.Apply(
        new SearchSettings(), given.Prepend(("data", table)).Select(entry => (SettingKeys.ByName(entry.Item1, "test"), entry.Item2)));

    // The mass falls exponentially from 200 on.
    private string Table(string header, int events)
    {
        var random = RandomStream.For(1, "table");
        var lines = new List<string> { header };
        for (var i = 0; i < events; i++)
        {
            var mass = 200 - (150 * Math.Log(1 - random.NextDouble()));
            lines.Add(string.Create(
                CultureInfo.InvariantCulture, $"{i},{random.NextGaussian():R},{mass:R},{random.NextGaussian():R},{2 * mass:R},1.5"));
        }

        return _folder.Write("table.csv", [.. lines]);
    }
}
