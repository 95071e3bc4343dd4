using Sideband.Learning.Densities.Preprocessing;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Densities;

public class RepeatedValuesTests
{
    private static readonly float[][] Features = RepeatedToys.Events(20_000, "values").Features;

    private static readonly RandomStream Stream = RandomStream.For(3, "repeated values");

    [Fact]
    public void Every_value_of_counts_is_repeated_also_a_rare_one()
    {
        float[] values = [.. Features[RepeatedToys.Counts].Distinct().Order()];
        Found(Features[RepeatedToys.Counts]).ShouldBe(values);
        values.Length.ShouldBeGreaterThan(12);
    }

    [Theory]
    [InlineData(RepeatedToys.Flag, new[] { 0f, 1f })]
    [InlineData(RepeatedToys.Zeros, new[] { 0f })]
    [InlineData(RepeatedToys.Sentinel, new[] { RepeatedToys.Missing })]
    [InlineData(RepeatedToys.BothEnds, new[] { 0f, 1f })]
    [InlineData(RepeatedToys.Uniform, new float[0])]
    [InlineData(RepeatedToys.Exponential, new float[0])]
    public void Values_that_many_events_share_are_found_and_no_others(int feature, float[] expected) =>
        Found(Features[feature]).ShouldBe(expected);

    [Fact]
    public void Values_rounded_to_a_tenth_are_all_repeated()
    {
        float[] rounded = [.. Normal(20_000).Select(x => MathF.Round(10 * x) / 10)];
        Found(rounded).Length.ShouldBe(rounded.Distinct().Count());
    }

    [Fact]
    public void A_rare_sentinel_is_told_by_its_distance_and_the_two_of_a_kind_that_chance_makes_are_not()
    {
        Found([.. Normal(20_000), -999, -999, -998, -998, 5000, 5000]).ShouldBe([-999, -998, 5000]);
        Found([.. Normal(20_000), 2.5f, 2.5f, -999]).ShouldBe([]);
    }

    /// <summary>As the jets' masses are: a value has 0.005 % of the events.</summary>
    [Fact]
    public void Rounding_to_fourteen_bits_is_no_repetition() =>
        Found([.. Enumerable.Range(0, 400_000).Select(_ => (float)Math.Round(16384 * (0.5 + (0.5 * Stream.NextDouble()))))]).ShouldBe([]);

    [Fact]
    public void Minus_zero_is_zero()
    {
        float[] zeros = [.. Features[RepeatedToys.Zeros].Select((x, i) => x == 0 && i % 2 == 0 ? -0f : x)];
        float.IsNegative(Found(zeros).ShouldHaveSingleItem()).ShouldBeFalse();
    }

    [Theory]
    [InlineData(RepeatedToys.Uniform, 20_000, true)]
    [InlineData(RepeatedToys.Exponential, 20_000, true)]
    [InlineData(RepeatedToys.Uniform, 1_000, false)]
    public void Hard_edges_are_found_where_there_are_events_enough_to_tell(int feature, int events, bool expected) =>
        HardEdges.Any(RepeatedToys.Sorted(Features[feature][..events])).ShouldBe(expected);

    [Fact]
    public void Tails_are_no_edges_and_of_many_events_the_network_learns_them()
    {
        HardEdges.Any(RepeatedToys.Sorted(Normal(20_000))).ShouldBeFalse();
        HardEdges.Any(RepeatedToys.Sorted([.. Enumerable.Range(0, 100_000).Select(_ => (float)Stream.NextDouble())])).ShouldBeFalse();
    }

    [Fact]
    public void Places_are_uniform_and_differ_between_features_and_between_equal_events()
    {
        const int Events = 20_000;
        float[][] features = [new float[Events], new float[Events]];
        var mass = new double[Events];
        var keys = RowPlaces.Keys(features, mass);
        keys.Distinct().Count().ShouldBe(Events);
        for (var f = 0; f < 2; f++)
        {
            double[] places = [.. keys.Select(key => RowPlaces.Place(key, f)).Order()];

            // 1.36/sqrt(20,000) is the 95 % point of the Kolmogorov-Smirnov distance.
            places.Select((place, i) => Math.Abs(place - ((i + 0.5) / Events))).Max().ShouldBeLessThan(0.0096);
        }

        var correlation = keys.Average(key => (RowPlaces.Place(key, 0) - 0.5) * (RowPlaces.Place(key, 1) - 0.5)) * 12;
        correlation.ShouldBe(0, 0.03);
    }

    [Fact]
    public void An_event_s_place_does_not_depend_on_other_events()
    {
        var (features, mass) = RepeatedToys.Events(100, "places");
        var all = RowPlaces.Keys(features, mass);
        RowPlaces.Keys([.. features.Select(column => column[40..])], mass.AsSpan(40)).ShouldBe(all[40..]);
    }

    private static float[] Found(float[] column) => RepeatedValues.Of(RepeatedToys.Sorted(column));

    private static float[] Normal(int events) => [.. Enumerable.Range(0, events).Select(_ => (float)Stream.NextGaussian())];
}
