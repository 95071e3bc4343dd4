using Sideband.Search.Collect;
using Sideband.Search.Results;
using Sideband.Templates.Learned;
using Sideband.Templates.Quality;
using Sideband.Templates.Stages;

namespace Sideband.Search.Tests.Collect;

/// <summary>What the judgements of a window's runs say together.</summary>
public class StateTests
{
    private const string NoArea = "the classifier of the sidebands' data against its samples could not be trained: there is no AUC";

    private static readonly ITemplateJudgement Good = new ComparisonProduct { Auc = 0.5 };

    [Fact]
    public void All_runs_must_have_been_compared_to_be_ok()
    {
        StateCollector.Of([(1, Good), (2, new QualityProduct { Quality = new DensityQuality(10, 0.5, [0.01], 5, 0, -1) })])
            .ShouldBe((WindowState.Ok, null));
        StateCollector.Of([(1, Good), (2, new QualityProduct { Failure = "the training loss is not finite" })])
            .ShouldBe((WindowState.NotJudged, "run 2: the training loss is not finite"));
        StateCollector.Of([(1, new ComparisonProduct()), (2, Good)]).ShouldBe((WindowState.NotJudged, $"run 1: {NoArea}"));
        StateCollector.Of([(1, new QualityProduct { Quality = new DensityQuality(10, double.NaN, [0.01], 5, 0, -1) })])
            .ShouldBe((WindowState.NotJudged, $"run 1: {NoArea}"));
    }

    [Fact]
    public void One_contradiction_is_enough() =>
        StateCollector.Of(
            [
                (1, new ComparisonProduct { Failure = "no data" }), (2, new ComparisonProduct { Auc = 0.6, Contradiction = "AUC" }),
            ])
            .ShouldBe((WindowState.TemplateFails, "run 2: AUC"));

    [Fact]
    public void A_number_of_the_runs_that_were_not_contradicted_is_flagged_and_has_no_p_value()
    {
        var point = ScanResults.Typical().Windows[1].WorkingPoints[0];
        var unclaimed = WorkingPointResults.Unclaimed(point, "template_fails: run 2: AUC", byTables: false);
        (unclaimed.PLocal, unclaimed.Reason, unclaimed.Significance).ShouldBe(
            (null, "no claim: template_fails: run 2: AUC", point.Significance));
        unclaimed.Flags.ShouldBe([PointFlag.TemplateFails]);
        WorkingPointResults.Unclaimed(point, "a gap", byTables: true).Flags.ShouldBe([PointFlag.ClaimWithheld]);
        var failed = ScanResults.Typical().Windows[0].WorkingPoints[1];
        WorkingPointResults.Unclaimed(failed, "template_fails: run 1: AUC", byTables: false).ShouldBe(failed);
    }

    [Theory]
    [InlineData(null, WindowState.Ok, null)]
    [InlineData(null, WindowState.NotJudged, null)]
    [InlineData("a gap", WindowState.Ok, "a gap")]
    [InlineData(null, WindowState.TemplateFails, "template_fails: run 2: AUC")]
    public void Nothing_is_claimed_where_the_tables_or_the_sidebands_speak_against_it(string? withheld, string state, string? expected)
    {
        var window = new WindowResult(1, 3, 4, 10, 10, 10, 10, []) { ClaimWithheld = withheld, State = state, Reason = "run 2: AUC" };
        (window.NoClaim, window.MayClaim).ShouldBe((expected, expected is null));
    }
}
