using Sideband.Learning.Densities.Preprocessing;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Densities;

public class ProbabilityTransformTests
{
    private const int Events = 20_000;
    private static readonly float[][] Features = RepeatedToys.Events(Events, "transforms").Features;
    private static readonly ProbabilityTransform[] Transforms = [.. Features.Select(Fit)];

    public static TheoryData<int> All => [.. Enumerable.Range(0, RepeatedToys.Count)];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_event_is_described_and_the_variable_is_a_standard_normal(int feature)
    {
        var keys = RowPlaces.Keys(Features, new double[Events]);
        double[] z =
        [
            .. Enumerable.Range(0, Events)
                .Select(i => Forward(feature, Features[feature][i], RowPlaces.Place(keys[i], feature)).Z)
                .Order(),
        ];

        // Repeated values have random places: up to the 99.9 % point of the distance of a uniform sample.
        z.Select((value, i) => Math.Abs(NormalDistribution.UpperTail(-value) - ((i + 0.5) / Events))).Max().ShouldBeLessThan(0.0138);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_drawn_inside_of_a_value_s_interval_is_that_value_exactly_and_else_the_map_has_an_inverse(int feature)
    {
        var repeated = Transforms[feature].Repeated.ToHashSet();
        var stream = RandomStream.For(4, $"inverse {feature}");
        for (var i = 0; i < 2000; i++)
        {
            var (x, place) = (Features[feature][i], stream.NextDouble());
            var back = Inverse(feature, Forward(feature, x, place).Z);
            if (repeated.Contains(x))
            {
                back.ShouldBe(x);
            }
            else
            {
                // Single precision; the probability itself is known to 1e-16, which matters in the upper tail.
                back.ShouldBe(x, 1e-5f * Math.Max(1, Math.Abs(x)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_map_rises_and_its_Jacobian_is_that_of_finite_differences(int feature)
    {
        var stream = RandomStream.For(5, $"order {feature}");
        var last = double.NegativeInfinity;
        foreach (var group in Features[feature][..2000].Order().GroupBy(x => x))
        {
            var (low, high) = (0.2 * stream.NextDouble(), 0.8 + (0.2 * stream.NextDouble()));
            var (z, log) = Forward(feature, group.Key, low);
            z.ShouldBeGreaterThan(last);
            last = z;
            if (Transforms[feature].Repeated.Contains(group.Key))
            {
                last = Forward(feature, group.Key, high).Z;
                last.ShouldBeGreaterThan(z);
                var difference = (Forward(feature, group.Key, low + 1e-6).Z - z) / 1e-6;
                Math.Log(difference).ShouldBe(log, 1e-3);
            }
        }
    }

    [Theory]
    [InlineData(RepeatedToys.Zeros)]
    [InlineData(RepeatedToys.Uniform)]
    [InlineData(RepeatedToys.Exponential)]
    public void The_density_integrates_to_one(int feature)
    {
        // Values by their places' integral, the rest by midpoints.
        const int Points = 200_000;
        var (low, high) = (Features[feature].Min() - 0.01, Features[feature].Max() + 0.1);
        var sum = Transforms[feature].Repeated
            .Sum(value => Enumerable.Range(0, 1000).Average(k => Density(feature, value, (k + 0.5) / 1000)));
        for (var k = 0; k < Points; k++)
        {
            sum += Density(feature, (float)(low + ((high - low) * (k + 0.5) / Points)), 0.5) * (high - low) / Points;
        }

        // Single precision rounds the midpoints.
        sum.ShouldBe(1, 2e-3);
    }

    [Fact]
    public void A_repeated_value_has_its_fraction_of_the_events_as_density_of_any_place()
    {
        var fraction = Features[RepeatedToys.Zeros].Count(x => x == 0) / (double)Events;
        foreach (var place in (double[])[0.001, 0.3, 0.999])
        {
            Density(RepeatedToys.Zeros, 0, place).ShouldBe(fraction, 1e-9);
        }
    }

    [Theory]
    [InlineData(RepeatedToys.Counts, 2.5f)]
    [InlineData(RepeatedToys.Sentinel, -500f)]
    [InlineData(RepeatedToys.Flag, 2f)]
    [InlineData(RepeatedToys.Uniform, 1.5f)]
    [InlineData(RepeatedToys.Uniform, float.NaN)]
    [InlineData(RepeatedToys.Exponential, float.PositiveInfinity)]
    public void What_was_never_seen_is_not_described(int feature, float x) => Transforms[feature].PieceOf(x).ShouldBe(-1);

    [Theory]
    [InlineData(RepeatedToys.Zeros)]
    [InlineData(RepeatedToys.BothEnds)]
    [InlineData(RepeatedToys.Uniform)]
    public void Whatever_is_drawn_is_described_however_far_out(int feature)
    {
        for (var z = -12.0; z <= 12; z += 0.01)
        {
            Forward(feature, Inverse(feature, z), 0.5);
        }
    }

    [Fact]
    public void A_saved_transform_is_read_bit_for_bit()
    {
        foreach (var transform in Transforms)
        {
            using var stream = new MemoryStream();
            transform.Save(new BinaryWriter(stream));
            stream.Position = 0;
            var read = ProbabilityTransform.Load(new BinaryReader(stream));
            stream.Position.ShouldBe(stream.Length);
            for (var z = -4.0; z < 4; z += 0.01)
            {
                Inverse(read, z).ShouldBe(Inverse(transform, z));
            }
        }
    }

    private static double Density(int feature, float x, double place) =>
        Transforms[feature].PieceOf(x) >= 0 && Forward(feature, x, place) is var (z, log)
        ? NormalDistribution.Density(z) * Math.Exp(log)
        : 0;

    private static (double Z, double LogJacobian) Forward(int feature, float x, double place)
    {
        var transform = Transforms[feature];
        var piece = transform.PieceOf(x);
        piece.ShouldBeGreaterThanOrEqualTo(0);
        transform.TryForward(piece, x, place, transform.IntervalOf(piece), out var z, out var log).ShouldBeTrue();
        return (z, log);
    }

    private static float Inverse(int feature, double z) => Inverse(Transforms[feature], z);

    private static float Inverse(ProbabilityTransform transform, double z)
    {
        var probability = NormalDistribution.UpperTail(-z);
        var piece = transform.PieceAt(probability);
        return transform.Inverse(piece, probability, transform.IntervalOf(piece));
    }

    private static ProbabilityTransform Fit(float[] column)
    {
        var sorted = RepeatedToys.Sorted(column);
        return ProbabilityTransform.Fit(sorted, RepeatedValues.Of(sorted));
    }
}
