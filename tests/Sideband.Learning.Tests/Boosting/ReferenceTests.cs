using System.Runtime.InteropServices;
using System.Text.Json;
using Sideband.Learning.Boosting;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Boosting;

/// <summary>Our trees against scikit-learn 1.2.1 on the same rows (numbers and script: tests/Reference/boosting).</summary>
public class ReferenceTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot(), "tests", "Reference", "boosting");
    private static readonly JsonElement Numbers = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "reference.json"))).RootElement;

    public static TheoryData<string> Sets => ["cwola", "weighted", "missing"];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Edges_are_identical(string name)
    {
        var data = ReferenceData.Make(name);
        var binning = FeatureBinning.Fit(data.ColumnsAt(data.GivenSplit().Training), 255);
        var edges = Numbers.GetProperty(name).GetProperty("edges");
        for (var f = 0; f < data.Columns.Length; f++)
        {
            binning.Edges(f).ToArray().ShouldBe([.. edges[f].EnumerateArray().Select(e => e.GetDouble())]);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void One_training_with_a_given_split_gives_the_same_model(string name)
    {
        var data = ReferenceData.Make(name);
        var reference = Numbers.GetProperty(name);
        var (training, validation) = data.GivenSplit();
        var matrix = FeatureBinning.Fit(data.ColumnsAt(training), 255).Transform(data.Columns);
        var options = new BoostingOptions { Keep = KeepIterations.Last, BalancedClassWeights = false };
        var model = BoostedTrees.Fit(matrix, training, validation, data.Labels, data.BalancedByCounts(), options);

        model.Failure.ShouldBeNull();
        model.IterationsRun.ShouldBeInRange(
            reference.GetProperty("iterations").GetInt32() - 1, reference.GetProperty("iterations").GetInt32() + 1);
        model.Trees.Count.ShouldBe(model.IterationsRun);
        var losses = reference.GetProperty("validation_loss").EnumerateArray().Select(l => l.GetDouble()).ToArray();

        // The loss before any tree depends on class weights and the baseline alone: equal up to single-precision weights.
        model.ValidationLoss[0].ShouldBe(losses[0], 1e-7);

        var test = Enumerable.Range(data.Training, data.Test).ToArray();
        var ours = test.Select(row => (float)Samples.LogOdds(model, matrix, row)).ToArray();
        var theirs = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(Folder, $"log_odds_{name}.f32"))).ToArray();
        var close = ours.Where((x, i) => Math.Abs(x - theirs[i]) < 1e-3).Count();

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{close} of {ours.Length} rows within 1e-3, largest difference {ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max()}");
        // Not all rows: where two splits gain the same up to rounding, each program may choose another.
        close.ShouldBeGreaterThanOrEqualTo((int)(0.99 * ours.Length));
        Quality.Auc(ours, data.Labels.AsSpan(data.Training)).ShouldBe(reference.GetProperty("auc").GetDouble(), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Ensembles_of_50_are_as_good_within_the_spread_of_seeds(string name)
    {
        var data = ReferenceData.Make(name);
        int[] rows = [.. Enumerable.Range(0, data.Training)];
        var ensemble = EnsembleTrainer.Fit(
            SortedColumns.Of(data.Columns), rows, data.Labels, data.BalancedByCounts(), 50,
            new BoostingOptions { Keep = KeepIterations.Last, BalancedClassWeights = false },
            member => RandomStream.For(7, "reference", $"member {member}"), 2, CancellationToken.None);
        var scores = new float[data.Test];
        ensemble.Score(data.Columns, [.. Enumerable.Range(data.Training, data.Test)], scores);
        ShouldBeAsGood(name, scores, data.Labels[data.Training..]);
    }

    private static void ShouldBeAsGood(string name, float[] scores, byte[] labels)
    {
        double[] ours = [Quality.Auc(scores, labels), Quality.Sic(scores, labels, 1e-2), Quality.Sic(scores, labels, 1e-3)];
        var theirs = Numbers.GetProperty(name).GetProperty("ensemble_qualities").EnumerateArray().ToArray();
        for (var q = 0; q < ours.Length; q++)
        {
            var values = theirs.Select(t => t[q].GetDouble()).ToArray();
            var mean = values.Average();
            var spread = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));

            // One ensemble against the mean of six: a difference of 4 standard deviations has a probability below 1 % (t with 5
            // degrees of freedom, factor sqrt(1 + 1/6)), for fifteen numbers in all.
            ours[q].ShouldBe(mean, 4 * spread * Math.Sqrt(1 + (1.0 / values.Length)), $"quality {q} of {name}");
        }
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sideband.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no Sideband.slnx above the tests");
        }

        return folder;
    }
}
