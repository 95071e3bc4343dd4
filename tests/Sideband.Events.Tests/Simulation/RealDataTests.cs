using System.Globalization;
using Sideband.Events.Simulation;

namespace Sideband.Events.Tests.Simulation;

/// <summary>
/// The simulator against quantiles of Pythia events (<c>validation/simulator/quantiles.py</c>). The full comparison, with
/// classifiers, is <c>validation/simulator/compare.py</c>.
/// </summary>
public class RealDataTests
{
    private const int N = 200_000;

    private static readonly Dictionary<DijetBackground, EventTable> Samples = Enum.GetValues<DijetBackground>().ToDictionary(
        background => background,
        background => DijetSimulator.Generate(new SimulationRequest { Events = N, Background = background, Seed = 21 }));

    public static TheoryData<string> Rows => [.. ReadRows()];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_feature_follows_the_real_one_in_each_region(string row)
    {
        var fields = row.Split(',');
        var numbers = fields[4..].Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        var events = Samples[Enum.Parse<DijetBackground>(fields[0])];
        var region = new MassInterval(
            double.Parse(fields[1], CultureInfo.InvariantCulture), double.Parse(fields[2], CultureInfo.InvariantCulture));
        var feature = events.Feature(events.FeatureNames.ToList().IndexOf(fields[3]));
        var values = new List<double>();
        foreach (var i in events.IndicesIn(region))
        {
            values.Add(feature[i]);
        }

        values.Sort();
        var distance = 0.0;
        for (var q = 0; q < numbers.Length; q++)
        {
            var found = values.BinarySearch(numbers[q]);
            var below = (found >= 0 ? found : ~found) / (double)values.Count;
            distance = Math.Max(distance, Math.Abs(below - (0.02 * (q + 1))));
        }

        // 0.03 is the aim for the full statistic; 1.63/sqrt(n) (1 % level) is allowed for the small sample here, 0.018 at worst.
        distance.ShouldBeLessThan(0.015 + (1.63 / Math.Sqrt(values.Count)));
    }

    /// <summary>Pearson correlations with mjj in qcd_pythia, all events, as the data's own description lists them.</summary>
    [Theory]
    [InlineData("mj1", 0.110)]
    [InlineData("delta_mj", 0.137)]
    [InlineData("tau21_j1", -0.049)]
    [InlineData("tau21_j2", -0.070)]
    [InlineData("delta_r", 0.721)]
    public void Correlations_with_the_mass_are_the_real_ones(string name, double real)
    {
        var events = Samples[DijetBackground.Default];
        var feature = events.Feature(events.FeatureNames.ToList().IndexOf(name));
        double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < N; i++)
        {
            var (a, b) = (events.Mass[i], (double)feature[i]);
            (x, y, xx, yy, xy) = (x + (a / N), y + (b / N), xx + (a * a / N), yy + (b * b / N), xy + (a * b / N));
        }

        ((xy - (x * y)) / Math.Sqrt((xx - (x * x)) * (yy - (y * y)))).ShouldBe(real, 0.03); // the aim
    }

    private static IEnumerable<string> ReadRows()
    {
        using var stream = typeof(RealDataTests).Assembly.GetManifestResourceStream("quantiles.csv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
