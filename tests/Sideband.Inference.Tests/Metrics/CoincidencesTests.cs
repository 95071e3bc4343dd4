using Sideband.Inference.Metrics;

namespace Sideband.Inference.Tests.Metrics;

public class CoincidencesTests
{
    [Fact]
    public void Mean_and_variance_are_those_of_all_shuffles()
    {
        // Six events, all 720 ways to put the features to the masses.
        int[] masses = [0, 0, 0, 1, 1, 2], features = [0, 0, 1, 1, 1, 2];
        var pairs = new List<double>();
        foreach (var order in Permutations(6))
        {
            var equal = 0;
            for (var i = 0; i < 6; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    equal += masses[i] == masses[j] && features[order[i]] == features[order[j]] ? 1 : 0;
                }
            }

            pairs.Add(equal);
        }

        var mean = pairs.Average();
        var found = Coincidences.Of(6, [3, 2], [2, 3], [2]);
        pairs.Count.ShouldBe(720);
        found.Pairs.ShouldBe(1);
        found.Expected.ShouldBe(mean, 1e-12);
        found.Variance.ShouldBe(pairs.Average(value => (value - mean) * (value - mean)), 1e-12);
    }

    [Fact]
    public void Features_that_are_all_equal_coincide_as_often_as_their_masses_do()
    {
        var found = Coincidences.Of(100, [4, 2], [100], [4, 2]);
        found.Pairs.ShouldBe(7);
        found.Expected.ShouldBe(7, 1e-12);

        // No shuffle changes anything; what is left of terms of 1e8 that cancel.
        found.Variance.ShouldBe(0, 1e-6);
        found.TailProbability.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Few_expected_pairs_are_Poisson_and_one_alone_is_no_discovery()
    {
        new Coincidences(1, 1e-4, 1e-4).TailProbability.ShouldBe(1e-4, 1e-8);
        new Coincidences(2, 1e-4, 1e-4).TailProbability.ShouldBe(5e-9, 1e-12);
        new Coincidences(0, 3, 3).TailProbability.ShouldBe(1);
        new Coincidences(3, 0, 0).TailProbability.ShouldBe(0);

        // Twice the variance: the counts of pairs of events, P(X >= 2) of mean 1.
        new Coincidences(4, 2, 4).TailProbability.ShouldBe(1 - (2 * Math.Exp(-1)), 1e-12);
    }

    private static IEnumerable<int[]> Permutations(int count) => count == 0
        ? [[]]
        : Permutations(count - 1).SelectMany(
            shorter => Enumerable.Range(0, count).Select(place => (int[])[.. shorter[..place], count - 1, .. shorter[place..]]));
}
