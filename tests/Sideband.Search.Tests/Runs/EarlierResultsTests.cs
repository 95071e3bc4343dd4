using Sideband.Search.Results;
using Sideband.Search.Results.Files;
using Sideband.Search.Runs;

namespace Sideband.Search.Tests.Runs;

/// <summary>What is taken over from earlier results says by which build it was made, and nothing goes without a word.</summary>
public sealed class EarlierResultsTests : IDisposable
{
    private static readonly BuildResult Old = new("0.1.0", "a"), New = new("0.1.0", "b");

    private readonly TemporaryFolder _folder = new();

    private readonly List<string> _warnings = [];

    private RunDirectory Run => RunDirectory.At(_folder.Root);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fits_of_this_build_stay_and_the_search_keeps_its_origin()
    {
        ResultsJson.Write(Run.ResultsFile, Made(Old, fitted: New));
        var result = Collect(New, searched: false);
        result.Fits.Count.ShouldBe(1);
        (result.Provenance.Commit, result.Provenance.Collected, result.Provenance.Fitted).ShouldBe((Old.Commit, New, New));
        var again = Collect(New, searched: true);
        again.Fits.Count.ShouldBe(1);
        (again.Provenance.Commit, again.Provenance.Fitted).ShouldBe((New.Commit, New));
        _warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Fits_of_another_build_go_with_a_warning()
    {
        ResultsJson.Write(Run.ResultsFile, Made(Old, fitted: Old));
        var result = Collect(New, searched: false);
        result.Fits.ShouldBeEmpty();
        result.Provenance.Fitted.ShouldBeNull();
        _warnings.ShouldBe([$"{Run.ResultsFile}: its 1 fits are of version 0.1.0+a and not taken over; "
            + $"'sideband fit {Run.Root}' makes them again"]);
    }

    [Fact]
    public void Results_that_cannot_be_read_are_written_anew_with_a_warning()
    {
        File.WriteAllText(Run.ResultsFile, "{}");
        Collect(New, searched: false).Provenance.Commit.ShouldBe(New.Commit);
        _warnings.ShouldHaveSingleItem().ShouldContain("; it is written anew, without the fits that it may have held");
    }

    private ScanResult Collect(BuildResult build, bool searched) =>
        new EarlierResults(Run, _warnings.Add).Into(Made(build, fitted: null), searched);

    private static ScanResult Made(BuildResult build, BuildResult? fitted)
    {
        var result = ScanResults.Typical();
        return result with
        {
            Fits = fitted is null ? [] : [ScanResults.Fit(result.Windows[0], 3, 5)],
            Provenance = result.Provenance with { Commit = build.Commit, Collected = build, Fitted = fitted },
        };
    }
}
