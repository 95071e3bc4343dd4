using Sideband.Events;
using Sideband.Templates.Feta;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Tests;

/// <summary>Weights that give carried events the masses' moments of the window's data, or none and a reason.</summary>
public class MassTiltTests
{
    private static readonly double[] Even = [.. Enumerable.Range(0, 400).Select(i => 3.3 + (0.001 * i))];

    [Fact]
    public void Mean_and_mean_square_become_those_of_the_target()
    {
        double[] target = [.. Even.Select(m => 3.3 + ((m - 3.3) * (m - 3.3) / 0.4))];
        var weights = MassTilt.Of(Even, [], target, 3.3, 3.7)!;
        double Mean(Func<double, double> value) => weights.Zip(Even, (w, m) => w * value(m)).Sum() / weights.Sum();

        // The tolerance is 1e-9 of t = (m - 3.5)/0.2.
        Mean(m => m).ShouldBe(target.Average(), 1e-9);
        Mean(m => m * m).ShouldBe(target.Average(m => m * m), 1e-8);
        weights.Average().ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Moments_that_cannot_be_reached_have_no_weights()
    {
        // Two masses have no third degree of freedom; and no weights bring masses of the lower half to the upper end.
        MassTilt.Of([3.4, 3.5, 3.4], [], Even, 3.3, 3.7).ShouldBeNull();
        MassTilt.Of(Even.AsSpan(0, 200), [], Even.AsSpan(380), 3.3, 3.7).ShouldBeNull();
        MassTilt.Of(Even, [], [], 3.3, 3.7)!.ShouldAllBe(weight => weight == 1);
    }

    [Fact]
    public void Feta_has_no_template_then_and_says_how_many_events_have_no_image()
    {
        var table = new EventTable(
            "m", Even, ["x"], [new float[400]], [EventSource.Simulated("t")], new short[400], [.. Enumerable.Range(0, 400)], new byte[400]);
        var window = new MassWindow(5, new MassInterval(3.3, 3.7));
        PreparedSample Prepared(double[] masses)
        {
            var images = EventImages.Of(
                [.. Enumerable.Range(0, 400)], masses, [[.. Enumerable.Range(0, 400).Select(i => i < 7 ? float.NaN : i)]]);
            var inputs = new FakeInputs(window, (InputRole.Searched, table), (InputRole.Simulation, table))
            {
                Options = [new Scoring.ClassifierOptions(Scoring.ClassifierKind.Trees, 1, new Learning.Boosting.BoostingOptions(), null)],
            };
            inputs.Products[FetaImageStage.StageName] = ImageProduct.Of(images, null);
            return new FetaTemplate().Prepare(inputs);
        }

        Prepared([.. Even.Select((_, i) => i % 2 == 0 ? 3.4 : 3.5)]).Failure
            .ShouldBe("no weights give the 393 carried events the mean mass, and mean square, of the window's 400 events");
        var sample = Prepared(Even);
        sample.Failure.ShouldBeNull();
        sample.LeftOut.ShouldBe(7);
    }
}
