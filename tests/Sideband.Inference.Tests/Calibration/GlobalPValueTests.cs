using Sideband.Inference.Calibration;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.Calibration;

public class GlobalPValueTests
{
    private static Measured[][] Cells(params double[] values) => [[.. values.Select(Measured.Of)]];

    [Fact]
    public void The_largest_is_compared_with_the_largest_of_each_experiment()
    {
        var p = GlobalPValue.Of(Cells(1, 3, 2), [Cells(4, 0, 0), Cells(2, 2.5, 2), Cells(0, 0, 3)], PValueKind.Permutation);
        (p.Window, p.WorkingPoint, p.Largest.Value).ShouldBe((0, 1, 3));
        p.PValue.Value.Value.ShouldBe(3.0 / 4);
        GlobalPValue.Of(Cells(9), [Cells(1)], PValueKind.Permutation).PValue.Extrapolated.Value.Reason
            .ShouldBe("1 experiments have no variance");
        GlobalPValue.PerCell(Cells(1, 3, 2), [Cells(4, 0, 0), Cells(2, 2.5, 2), Cells(0, 0, 3)], PValueKind.Permutation)[0]
            .Select(cell => cell.Value.Value).ShouldBe([4.0 / 4, 3.0 / 4, 4.0 / 4]);
    }

    [Fact]
    public void Beyond_the_experiments_the_tails_of_all_cells_add_up()
    {
        // Means 0 and variances 2 (below 1 would count as 1) of both cells: 2 Phi-bar(4/sqrt(2)) beside the bound 1/5.
        var p = GlobalPValue.Of(
            Cells(4, 1),
            [.. new[] { -1.0, -1, 1, 1 }.Select(sign => Cells(sign * Math.Sqrt(1.5), -sign * Math.Sqrt(1.5)))],
            PValueKind.Permutation).PValue;
        (p.Value.Value, p.Bound).ShouldBe((0.2, true));
        p.Extrapolated.Value.Value!.Value.ShouldBe(2 * NormalDistribution.UpperTail(4 / Math.Sqrt(2)), 1e-12);
    }

    [Fact]
    public void Cells_that_the_search_does_not_have_are_left_out_and_those_an_experiment_lacks_count_against()
    {
        var lost = Measured.Undefined("too few template events");
        Measured[][] observed = [[Measured.Of(2), lost]];
        var p = GlobalPValue.Of(observed, [[[Measured.Of(1), Measured.Of(9)]], [[lost, Measured.Of(0)]]], PValueKind.Permutation);
        (p.PValue.Exceedances, p.PValue.Failed).ShouldBe((1, 1));
        var none = GlobalPValue.Of([[lost]], [[[Measured.Of(1)]]], PValueKind.Permutation);
        none.PValue.Value.Reason.ShouldBe("no window has a significance");
        none.Window.ShouldBe(-1);
    }

    [Fact]
    public void Nine_sliding_windows_have_the_known_trial_factors()
    {
        // Slots of 0.1 TeV on a falling spectrum, windows of four: 5.6, 7.2 and 8.3 at 2, 3 and 4 sigma from 4 x 10^6 experiments.
        const int count = 1_000_000, part = 20_000, slots = 12, width = 4, windows = slots - width + 1;
        var stream = RandomStream.For(11, "sliding windows");
        double[] rates = [.. Enumerable.Range(0, slots).Select(i => PortableMath.Exp(-0.1 * i))];
        var observed = Enumerable.Range(0, windows).Select(_ => new[] { Measured.Of(0) }).ToArray();
        var (above, levels) = (new int[3], new[] { 2.0, 3, 4 });
        for (var done = 0; done < count; done += part)
        {
            var experiments = Enumerable.Range(0, part).Select(_ => Experiment()).ToArray();
            foreach (var largest in GlobalPValue.LargestOf(observed, experiments))
            {
                for (var i = 0; i < levels.Length; i++)
                {
                    above[i] += largest.Value >= levels[i] ? 1 : 0;
                }
            }
        }

        // Counting errors: 0.2 % of 127,000 experiments, 1 % of 9700 and 6 % of 260, three times those; two digits are known.
        Factor(0).ShouldBe(5.6, 0.085);
        Factor(1).ShouldBe(7.2, 0.27);
        Factor(2).ShouldBe(8.3, 1.6);

        Measured[][] Experiment()
        {
            double[] slot = [.. rates.Select(rate => Math.Sqrt(rate) * stream.NextGaussian())];
            return [.. Enumerable.Range(0, windows).Select(w => new[]
            {
                Measured.Of(slot[w..(w + width)].Sum() / Math.Sqrt(rates[w..(w + width)].Sum())),
            })];
        }

        double Factor(int level) => above[level] / (double)count / NormalDistribution.UpperTail(levels[level]);
    }
}
