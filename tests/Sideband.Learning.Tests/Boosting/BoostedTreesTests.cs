using Sideband.Learning.Boosting;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Boosting;

public class BoostedTreesTests
{
    [Fact]
    public void A_monotone_map_of_a_feature_changes_nothing()
    {
        var (columns, labels) = Samples.Make(4000, 3, missing: 0.05);

        // Adding to the bits of a positive number is strictly increasing and about exponential.
        var mapped = columns.Select(c => Array.ConvertAll(c, x => float.IsNaN(x)
            ? x : BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x + 16) + 0x01234567))).ToArray();
        var shifted = columns.Select(c => Array.ConvertAll(c, x => x + 16)).ToArray();
        var (a, b) = (Samples.Fit(shifted, labels), Samples.Fit(mapped, labels));
        a.ValidationLoss.ShouldBe(b.ValidationLoss);
        a.Trees[^1].Leaves.ToArray().ShouldBe(b.Trees[^1].Leaves.ToArray());
    }

    [Fact]
    public void The_loss_falls_and_the_best_iteration_is_kept()
    {
        var (columns, labels) = Samples.Make(6000, 4);
        var best = Samples.Fit(columns, labels);
        var last = Samples.Fit(columns, labels, new BoostingOptions { Keep = KeepIterations.Last });
        best.ValidationLoss.ShouldBe(last.ValidationLoss);
        best.ValidationLoss[best.BestIteration].ShouldBe(best.ValidationLoss.Min());
        best.Trees.Count.ShouldBe(best.BestIteration);
        last.Trees.Count.ShouldBe(last.IterationsRun);
        best.ValidationLoss.Count.ShouldBe(best.IterationsRun + 1);
        best.TrainingLoss.Count.ShouldBe(best.IterationsRun + 1);
        best.TrainingLoss[^1].ShouldBeLessThan(best.TrainingLoss[0]);
    }

    [Fact]
    public void Classes_that_do_not_differ_keep_the_fewest_trees()
    {
        var (columns, labels) = Samples.Make(2000, 3);
        var stream = RandomStream.For(5, "labels");
        stream.Shuffle<byte>(labels);
        var none = Samples.Fit(columns, labels);
        var some = Samples.Fit(columns, labels, new BoostingOptions { FewestTrees = 7 });
        var more = Samples.Fit(columns, labels, new BoostingOptions { FewestTrees = 10_000 });
        none.Trees.Count.ShouldBe(none.BestIteration);
        none.BestIteration.ShouldBeLessThan(7);
        some.Trees.Count.ShouldBe(7);
        more.Trees.Count.ShouldBe(more.IterationsRun);
    }

    [Fact]
    public void The_curves_are_the_log_loss_of_the_trees()
    {
        var (columns, labels) = Samples.Make(3000, 4, missing: 0.2);
        var weights = Enumerable.Range(0, 3000).Select(i => 0.5 + (i % 5)).ToArray();
        var options = new BoostingOptions { Keep = KeepIterations.Last, BalancedClassWeights = false };
        var model = Samples.Fit(columns, labels, options, weights);
        var matrix = FeatureBinning.Fit(columns, 255).Transform(columns);
        var (sum, total) = (0.0, 0.0);
        foreach (var row in Samples.Halves(3000).Validation)
        {
            var x = Samples.LogOdds(model, matrix, row);
            sum += weights[row] * Math.Log(1 + Math.Exp(labels[row] == 1 ? -x : x));
            total += weights[row];
        }

        // Single precision for each row, errors of both signs: far below 1e-7 in the mean of 1500.
        model.ValidationLoss[^1].ShouldBe(sum / total, 1e-7);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_weight_of_two_is_two_rows(bool balanced)
    {
        var (columns, labels) = Samples.Make(4000, 3);
        var (training, validation) = Samples.Halves(4000);
        var weights = Enumerable.Range(0, 4000).Select(i => i % 3 == 0 ? 2.0 : 1.0).ToArray();
        int[] Repeat(int[] rows) => [.. rows.SelectMany(r => Enumerable.Repeat(r, (int)weights[r]))];
        var matrix = FeatureBinning.Fit(columns, 255).Transform(columns);
        var options = new BoostingOptions { MinEventsPerLeaf = 1, BalancedClassWeights = balanced, MaxLeaves = 8 };
        var weighted = BoostedTrees.Fit(matrix, training, validation, labels, weights, options);
        var repeated = BoostedTrees.Fit(matrix, Repeat(training), Repeat(validation), labels, [], options);
        weighted.IterationsRun.ShouldBe(repeated.IterationsRun);

        // The mean weight is 1 in both: single-precision weights and fixed-point units differ, rounding of 1e-7 a row.
        for (var row = 0; row < 4000; row++)
        {
            Samples.LogOdds(weighted, matrix, row).ShouldBe(Samples.LogOdds(repeated, matrix, row), 1e-5);
        }
    }

    [Fact]
    public void The_order_of_rows_does_not_matter()
    {
        var (columns, labels) = Samples.Make(4000, 5);
        var (training, validation) = Samples.Halves(4000);
        var matrix = FeatureBinning.Fit(columns, 255).Transform(columns);
        var options = new BoostingOptions();
        var forward = BoostedTrees.Fit(matrix, training, validation, labels, [], options);
        var backward = BoostedTrees.Fit(matrix, [.. training.Reverse()], validation, labels, [], options);
        forward.Trees[^1].Nodes.ToArray().ShouldBe(backward.Trees[^1].Nodes.ToArray());
        forward.Trees[^1].Leaves.ToArray().ShouldBe(backward.Trees[^1].Leaves.ToArray());
    }

    [Theory]
    [InlineData(5, 31)]
    [InlineData(200, 31)]
    [InlineData(20, 2)]
    [InlineData(20, 32)]
    public void Leaves_hold_enough_events_and_are_not_too_many(int minEvents, int maxLeaves)
    {
        var (columns, labels) = Samples.Make(6000, 4, missing: 0.1);
        var matrix = FeatureBinning.Fit(columns, 255).Transform(columns);
        var model = Samples.Fit(columns, labels, new BoostingOptions
        {
            MinEventsPerLeaf = minEvents,
            MaxLeaves = maxLeaves,
            Keep = KeepIterations.Last,
        });
        foreach (var tree in model.Trees)
        {
            tree.Leaves.Length.ShouldBeInRange(2, maxLeaves);
            tree.Nodes.Length.ShouldBe(tree.Leaves.Length - 1);
            var content = Samples.Halves(6000).Training.GroupBy(row => tree.LeafOf(matrix, row)).Select(g => g.Count()).ToArray();
            content.Length.ShouldBe(tree.Leaves.Length);
            content.Min().ShouldBeGreaterThanOrEqualTo(minEvents);
        }
    }

    [Fact]
    public void A_leaf_is_a_Newton_step_with_L2()
    {
        var (columns, labels) = Samples.Make(4000, 2);
        var matrix = FeatureBinning.Fit(columns, 255).Transform(columns);
        var options = new BoostingOptions
        {
            L2 = 30,
            BalancedClassWeights = false,
            MaxIterations = 1,
            LearningRate = 1,
            Keep = KeepIterations.Last,
        };
        var model = Samples.Fit(columns, labels, options);
        var p = 1 / (1 + Math.Exp(-model.Baseline));
        foreach (var leaf in Samples.Halves(4000).Training.GroupBy(row => model.Trees[0].LeafOf(matrix, row)))
        {
            // Single-precision derivatives, errors of both signs: relative 1e-6 is ample.
            var expected = leaf.Sum(row => labels[row] - p) / ((leaf.Count() * p * (1 - p)) + 30);
            model.Trees[0].Leaves[leaf.Key].ShouldBe(expected, 1e-6);
        }
    }

    [Fact]
    public void Missing_values_are_learnt_from()
    {
        var (columns, labels) = Samples.Make(4000, 2);
        var complete = Samples.Fit(columns, labels);
        for (var i = 0; i < 4000; i++)
        {
            columns[1][i] = i % 10 == 0 || (labels[i] == 1 && i % 3 == 0) ? float.NaN : columns[1][i];
        }

        // Which values are missing tells more of the class than the values did.
        Samples.Fit(columns, labels).ValidationLoss.Min().ShouldBeLessThan(complete.ValidationLoss.Min() - 0.01);
    }

    [Fact]
    public void What_cannot_be_trained_is_a_failure_with_a_reason()
    {
        var (columns, labels) = Samples.Make(400, 2);
        Samples.Fit(columns, new byte[400]).Failure.ShouldNotBeNull().ShouldContain("class 1");
        var validationOnly = labels.ToArray();
        validationOnly.AsSpan(200).Fill(1);
        Samples.Fit(columns, validationOnly).Failure.ShouldNotBeNull().ShouldContain("validation rows (200) have weight 0 in class 0");
        var weights = Enumerable.Repeat(1.0, 400).ToArray();
        weights[7] = double.NaN;
        Samples.Fit(columns, labels, null, weights).Failure.ShouldBe("weight NaN of row 7; allowed: finite");
        Array.Fill(weights, 1e308);
        Samples.Fit(columns, labels, null, weights).Failure.ShouldNotBeNull().ShouldContain("beyond what can be normalised");
    }

    [Fact]
    public void Too_few_events_to_split_give_the_baseline()
    {
        var (columns, labels) = Samples.Make(60, 2);
        var model = Samples.Fit(columns, labels, new BoostingOptions { Keep = KeepIterations.Last });
        model.Succeeded.ShouldBeTrue();
        foreach (var tree in model.Trees)
        {
            tree.Nodes.Length.ShouldBe(0);
            tree.Leaves.ToArray().ShouldBe([0.0]);
        }
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        Message(new BoostingOptions { LearningRate = 0 }).ShouldBe("boosting option LearningRate is 0; allowed: above 0 and at most 1");
        Message(new BoostingOptions { MaxLeaves = 33 }).ShouldContain("MaxLeaves is 33; allowed: 2 to 32");
        Message(new BoostingOptions { MinEventsPerLeaf = 0 }).ShouldContain("MinEventsPerLeaf");
        Message(new BoostingOptions { MaxBins = 256 }).ShouldContain("MaxBins");
        Message(new BoostingOptions { MaxIterations = 0 }).ShouldContain("MaxIterations");
        Message(new BoostingOptions { L2 = double.NaN }).ShouldContain("L2");
        Message(new BoostingOptions { Patience = 0 }).ShouldContain("Patience");
        Message(new BoostingOptions { Tolerance = -1 }).ShouldContain("Tolerance");
        Message(new BoostingOptions { ValidationFraction = 1 }).ShouldContain("ValidationFraction");
        static string Message(BoostingOptions options) => Should.Throw<ArgumentException>(options.Validate).Message;
    }
}
