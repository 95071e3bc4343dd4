using Sideband.Inference.Calibration;
using Sideband.Inference.Counting;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.Calibration;

public class HalfSplitTests
{
    [Theory]
    [InlineData(25, 45, 1, 7.716e-3, 1.1231e-2)]
    [InlineData(100, 60, 4, 1.8536e-7, 2.3883e-7)]
    public void The_limit_and_the_on_off_binomial_have_their_reference_values(
        int passing, int observed, double tau, double exact, double onOff)
    {
        HalfSplit.Limit(observed, passing, tau).ShouldBe(exact, 5e-4 * exact); // digits printed
        HalfSplit.OnOff(observed, passing, tau).ShouldBe(onOff, 5e-5 * onOff);
    }

    [Fact]
    public void Both_samples_of_24000_have_the_reference_value() =>
        HalfSplit.Exact(45, 24000, 25, 24000).ShouldBe(7.6796e-3, 5e-8);

    [Fact]
    public void The_exact_sum_tends_to_the_limit() =>
        (HalfSplit.Exact(60, 10_000_000, 100, 40_000_000) / HalfSplit.Limit(60, 100, 4)).ShouldBe(1, 1e-4); // of order N^2/M

    [Fact]
    public void Two_events_against_two_are_counted_by_hand()
    {
        // Labels of four ranked events: of 6 orders, both data events stand above the best template event in one, at least one in 3.
        HalfSplit.Exact(2, 2, 1, 2).ShouldBe(1.0 / 6, 1e-15);
        HalfSplit.Exact(1, 2, 1, 2).ShouldBe(0.5, 1e-15);
        HalfSplit.Exact(0, 2, 1, 2).ShouldBe(1);
        HalfSplit.Exact(2, 2, 2, 2).ShouldBe(0.5, 1e-15);
    }

    [Fact]
    public void One_tied_block_of_70_has_the_larger_p()
    {
        HalfSplit.Limit(45, 25, 1, tied: true).ShouldBe(0.0112, 5e-5);
        HalfSplit.Limit(45, 25, 1).ShouldBe(0.0077, 5e-5);
        HalfSplit.Exact(45, 24000, 25, 24000, tied: true).ShouldBeGreaterThan(HalfSplit.Exact(45, 24000, 25, 24000));
    }

    [Fact]
    public void The_nearest_quantile_of_24000_lets_25_pass() =>
        Threshold.At(1e-3, new ScoreDistribution([.. Enumerable.Range(0, 24000).Select(i => (float)i)]))
            .TemplatePassing.Events.ShouldBe(25);

    [Fact]
    public void P_values_are_uniform_where_there_is_no_signal()
    {
        // 200 events each, n = 20: the exact sum has the right size at every value that it can take; the on/off binomial lies below.
        const int size = 200, passing = 20, experiments = 20_000;
        var stream = RandomStream.For(7, "uniform");
        var counts = new int[size + 1];
        for (var e = 0; e < experiments; e++)
        {
            counts[PassingData(stream, size, passing)]++;
        }

        var (above, total) = (0, 0);
        for (var observed = size; observed > 0; observed--)
        {
            above += counts[observed];
            total += counts[observed] > 0 ? 1 : 0;
            var p = HalfSplit.Exact(observed, size, passing, size);
            var error = Math.Sqrt(p * (1 - p) / experiments);
            ((double)above / experiments).ShouldBe(p, (4.5 * error) + 1e-4, $"N = {observed}"); // 4.5 sigma for the largest of about 45
            HalfSplit.OnOff(observed, passing, 1).ShouldBeGreaterThan(p);
        }

        total.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void One_tied_block_is_exact_when_counted_as_tied()
    {
        // The 70 events of the highest score are one block: the number of data events among them is hypergeometric.
        const int block = 70, size = 2000;
        var p = HalfSplit.Exact(45, size, block - 45, size, tied: true);
        p.ShouldBe(Hypergeometric.UpperTail(45, 2 * size, size, block), 1e-15);
    }

    [Fact]
    public void Ignoring_a_shift_makes_many_false_discoveries_and_averaging_none()
    {
        // Half of 135,000 events at 1e-2 and 1e-3: sizes of .28 and .029 instead of .001; .05 for a shift of .2 needs 107 template events.
        foreach (var row in Reference.Numbers("ignored_shift.csv"))
        {
            var (events, passing, shift) = ((int)row[0], (int)row[1], row[2]);
            var critical = Critical(events, passing, ShiftDistribution.None);
            critical.ShouldBe((int)row[3], string.Join(' ', row));
            HalfSplit.Exact(critical, events, passing, events).ShouldBe(row[4], 1e-10 * row[4]);
            Size(critical, passing, shift).ShouldBe(row[5], 1e-10 * row[5]);
        }

        var assumed = Critical(67_500, 675, new ShiftDistribution(0.14, 0));
        Size(assumed, 675, 0.14).ShouldBeInRange(0.8e-3, 1e-3); // counts are discrete, hence not 1e-3 itself
    }

    [Theory]
    [InlineData(45, 25, 0.05, 0.05)]
    [InlineData(45, 25, 0.14, 0.10)]
    [InlineData(45, 25, 0.0, 0.6)] // cut off at delta = -1
    [InlineData(30, 25, -0.5, 0.3)]
    [InlineData(12000, 10000, 0.1, 0.5)] // a step of 0.03 deviations
    [InlineData(4000, 400, 0.0, 0.3)] // p = 1e-84
    [InlineData(900, 675, 0.0, 0.002)] // the shift hardly matters
    public void The_average_is_the_mean_over_a_shift_that_varies(int observed, int passing, double mean, double deviation)
    {
        // 100,000 trapezoids over the whole of double precision's normal do without thinking what the panels do with some hundred points.
        const int steps = 100_000;
        var (sum, total) = (0.0, 0.0);
        var lowest = Math.Max(-9, (-1 - mean) / deviation);
        for (var i = 1; i <= steps; i++)
        {
            var g = lowest + (i * (38 - lowest) / steps);
            var weight = NormalDistribution.Density(g) * (i == steps ? 0.5 : 1);
            total += weight;
            sum += weight == 0 ? 0 : weight * HalfSplit.Limit(observed, passing, 1 / (1 + mean + (deviation * g)));
        }

        total += 0.5 * NormalDistribution.Density(lowest); // there the integrand is 0 (delta = -1) or negligible (-9 deviations)
        var count = HalfSplitCount.Of(observed, 100_000, passing, 100_000);
        var p = HalfSplit.Of(count, new ShiftDistribution(mean, deviation)).Value.Value!.Value;
        (p / (sum / total)).ShouldBe(1, 1e-6); // the trapezoid's error at a cut is (4e-4)^2/12 times the slope
    }

    [Fact]
    public void Without_an_error_the_average_is_the_shifted_value_and_without_a_shift_the_exact_one()
    {
        var count = HalfSplitCount.Of(45, 24000, 25, 24000);
        HalfSplit.Of(count, ShiftDistribution.None).Value.Value.ShouldBe(HalfSplit.Exact(45, 24000, 25, 24000));
        HalfSplit.Of(count, new ShiftDistribution(0.2, 0)).Value.Value!.Value.ShouldBe(HalfSplit.Limit(45, 25, 1 / 1.2), 1e-15);
        HalfSplit.Of(count, new ShiftDistribution(0.2, 1e-6)).Value.Value!.Value.ShouldBe(HalfSplit.Limit(45, 25, 1 / 1.2), 1e-9);
        HalfSplit.Of(HalfSplitCount.Of(0, 24000, 25, 24000), new ShiftDistribution(0.2, 0.2)).Value.Value.ShouldBe(1);
    }

    [Fact]
    public void Sigma_sys_is_relative_to_the_shifted_expectation() =>
        ShiftDistribution.Of(0.25, 0.2).ShouldBe(new ShiftDistribution(0.25, 0.25));

    [Fact]
    public void Weighted_templates_count_with_their_effective_number_and_say_so()
    {
        var template = new ScoreDistribution([1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f], [1.0, 1, 1, 1, 1, 1, 1, 2]);
        var count = HalfSplitCount.Of(0.3, template, new ScoreDistribution([0f, 7.5f, 9f, 10f]), CountRepetition.None, out var failure)!;
        failure.ShouldBeNull();
        count.TemplatePassing.ShouldBe(9.0 / 5, 1e-15); // weights 1 and 2: 3^2/5
        count.Observed.ShouldBe(3);
        var p = HalfSplit.Of(count, ShiftDistribution.None);
        p.Approximate.ShouldBeTrue();
        p.Value.Value!.Value.ShouldBe(HalfSplit.Limit(3, 1.8, 1.8 / (4.0 * 3 / 9)), 1e-15);
    }

    [Fact]
    public void Events_that_are_there_twice_count_once_and_the_law_is_called_approximate()
    {
        // 40 events of 100 pass where 21 template events of 100 do; each of them twice is no more than that.
        static ScoreDistribution Scores(int copies, int passing, float high, float low) =>
            new([.. Enumerable.Range(0, 100).SelectMany(i => Enumerable.Repeat((i < passing ? high : low) - i, copies))]);
        var once = HalfSplitCount.Of(0.2, Scores(1, 21, 1000, 0), Scores(1, 40, 2000, 0.5f), CountRepetition.None, out _)!;
        var twice = HalfSplitCount.Of(0.2, Scores(2, 21, 1000, 0), Scores(2, 40, 2000, 0.5f), new CountRepetition(2, 2), out _)!;
        (twice.Observed, twice.Data, twice.TemplatePassing).ShouldBe((40, 100, 21));
        HalfSplit.Of(once, ShiftDistribution.None).Approximate.ShouldBeFalse();
        var p = HalfSplit.Of(twice, ShiftDistribution.None);
        p.Approximate.ShouldBeTrue();

        // Copies are ties at R_c, with which p is the larger one.
        p.Value.Value!.Value.ShouldBe(HalfSplit.Limit(40, 21, 1, tied: true), 1e-12);
        p.Value.Value.Value.ShouldBeGreaterThan(HalfSplit.Of(once, ShiftDistribution.None).Value.Value!.Value);
    }

    [Fact]
    public void Ties_between_data_and_template_are_seen()
    {
        float[] template = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        static bool Tied(float[] template, float[] data) =>
            HalfSplitCount.Of(0.2, new ScoreDistribution(template), new ScoreDistribution(data), CountRepetition.None, out _)!.Tied;
        Tied(template, [8.5f, 9f]).ShouldBeFalse(); // R_c is 8
        Tied(template, [8f, 9f]).ShouldBeTrue();
        Tied([1, 2, 3, 4, 5, 6, 7, 8, 8, 10], [9f]).ShouldBeTrue();
    }

    [Fact]
    public void A_failed_direction_has_a_reason_and_fails_both()
    {
        HalfSplitCount.Of(0.1, new ScoreDistribution([1f, 2f]), new ScoreDistribution([1f]), CountRepetition.None, out var reason)
            .ShouldBeNull();
        reason!.ShouldContain("at least 1 needed");
        var good = HalfSplit.Of(HalfSplitCount.Of(45, 24000, 25, 24000), ShiftDistribution.None);
        var bad = good with { Value = Measured.Undefined("half 2: diverged") };
        HalfSplit.BothWays(good, bad).Value.Reason.ShouldBe("half 2: diverged");
        var both = HalfSplit.BothWays(good, good with { Value = Measured.Of(0.3) });
        both.Value.Value!.Value.ShouldBe(2 * good.Value.Value!.Value, 1e-15);
        both.Kind.ShouldBe(PValueKind.HalfSplitBothWays);
        HalfSplit.BothWays(good with { Value = Measured.Of(0.7) }, good with { Value = Measured.Of(0.9) }).Value.Value.ShouldBe(1);
    }

    /// <summary>N: data events above the n-th template event in a random order of the labels.</summary>
    private static int PassingData(RandomStream stream, int size, int passing)
    {
        var (data, template, pass) = (size, size, 0);
        while (template > size - passing)
        {
            if (stream.NextInt(data + template) < data)
            {
                data--;
                pass++;
            }
            else
            {
                template--;
            }
        }

        return pass;
    }

    /// <summary>The least N with p &lt;= 1e-3 under a shift that is assumed.</summary>
    private static int Critical(int events, int passing, ShiftDistribution assumed)
    {
        var critical = passing;
        while (HalfSplit.Of(HalfSplitCount.Of(critical, events, passing, events), assumed).Value.Value > 1e-3)
        {
            critical++;
        }

        return critical;
    }

    /// <summary>Probability of at least so many where background is 1 + shift times the template.</summary>
    private static double Size(int critical, int passing, double shift) => HalfSplit.Limit(critical, passing, 1 / (1 + shift));
}
