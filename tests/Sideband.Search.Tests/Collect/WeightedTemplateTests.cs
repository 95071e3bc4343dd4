using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Collect;
using Sideband.Search.Plan;

namespace Sideband.Search.Tests.Collect;

/// <summary>What is expected without looking, or without a cut, has the errors of a template with weights.</summary>
public class WeightedTemplateTests
{
    private static readonly MassWindow Window = new(2, new MassInterval(4.5, 5.5));

    [Theory]
    [InlineData(3, 3996, 1, 4.49)] // of 5749 template events that are worth 3996
    [InlineData(5, 3996, 1, 7.56)]
    [InlineData(3, 5749, 1, 4.09)] // without weights
    [InlineData(3, 3996, 2, 6.41)] // every event twice: errors are larger by sqrt(2)
    public void Counting_without_a_cut(double target, double effective, double copies, double signal)
    {
        var row = new PlanRow(Window, 4623, 5749, 1, []);
        foreach (var folds in new[] { 1, 4 })
        {
            // Where all folds score the same events there are no more of them.
            var template = new TemplateWeights(new EventCount(folds * 5749, folds * 5749, folds * 5749.0 * 5749 / effective), null);
            var variance = template.UncutVariance(row, new CountRepetition(copies, copies));
            LimitRows.Sensitivity(target, [], null, row.Events, variance).BareSignalToRootBackground!.Value.ShouldBe(signal, 0.01);
        }
    }

    [Fact]
    public void A_blind_search_expects_the_errors_of_weighted_events()
    {
        var ideal = Toy.Background("weighted ideal", 8000);
        ideal = ideal.WithWeights([.. Enumerable.Range(0, ideal.Count).Select(i => i % 4 == 0 ? 2.5 : 0.5)]);
        var settings = Toy.Settings(("method", "ideal"), ("blind", "true"), ("systematics", "none"));
        foreach (var window in Toy.Run(settings, Toy.Inputs(Toy.Background("weighted data", 4000), ideal: ideal)).Windows)
        {
            (window.SumW * window.SumW / window.SumW2).ShouldBeInRange(0.5 * window.TemplateEvents, 0.65 * window.TemplateEvents);
            foreach (var point in window.WorkingPoints)
            {
                point.SigmaExp!.Value.ShouldBe(Math.Sqrt(window.SumW2 / point.EpsilonB) / window.SumW, 1e-12);
                var three = point.RequiredNObs!.ThreeSigma!.Value;
                Significance.Of(three, point.NExp.Mean!.Value, point.SigmaExp.Value * point.SigmaExp.Value).Value!.Value
                    .ShouldBeInRange(3, 3.3);
            }
        }
    }
}
