using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sideband.Learning.Boosting;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Boosting;

public class EnsembleTests
{
    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var (columns, labels) = Samples.Make(4000, 4, missing: 0.03);
        Scores(columns, labels, 1).ShouldBe(Scores(columns, labels, 2));
    }

    [Fact]
    public void Every_processor_gives_the_same_bits()
    {
        // Integers and exactly rounded operations only, so that the number holds with and without AVX-512 (CI runs both).
        var (columns, labels) = Samples.Make(4000, 6, missing: 0.03);
        var hash = SHA256.HashData(MemoryMarshal.AsBytes(Scores(columns, labels, 2).AsSpan()));
        Convert.ToHexString(hash.AsSpan(0, 8)).ShouldBe("BFC72FAF70D6CD86");
    }

    [Fact]
    public void Listed_rows_and_all_rows_have_the_same_scores_which_are_the_mean_of_the_members()
    {
        var (columns, labels) = Samples.Make(3000, 4);
        var ensemble = Fit(columns, labels, 1);
        var (all, listed) = (new float[3000], new float[3]);
        ensemble.Score(columns, all);
        ensemble.Score(columns, [2999, 0, 17], listed);
        listed.ShouldBe([all[2999], all[0], all[17]]);
        var mean = ensemble.Members.Average(m => 1 / (1 + Math.Exp(-LogOdds(m, columns, 17))));

        // Log-odds and sigmoid in single precision.
        ((double)all[17]).ShouldBe(mean, 3e-7);
    }

    [Fact]
    public void A_member_is_the_training_in_the_bins_of_its_own_half()
    {
        // With ties, missing values and few distinct values, which all have rules of their own in the binning.
        var (columns, labels) = Samples.Make(3000, 4, missing: 0.1);
        columns[2] = [.. columns[2].Select(x => MathF.Round(x * 20))];
        columns[3] = [.. columns[3].Select(x => MathF.Round(x * 200) / 200)];
        var ensemble = Fit(columns, labels, 1);
        int[] rows = [.. Enumerable.Range(0, 3000)];
        var (training, validation) = StratifiedSplit.Of(rows, labels, 0.5, StreamOf(3));
        var binning = FeatureBinning.Fit([.. columns.Select(c => training.Select(row => c[row]).ToArray())], 255);
        var matrix = binning.Transform(columns);
        var alone = BoostedTrees.Fit(matrix, training, validation, labels, [], new BoostingOptions());
        var member = ensemble.Members[3];
        for (var f = 0; f < 4; f++)
        {
            member.Binning.Edges(f).ToArray().ShouldBe(binning.Edges(f).ToArray());
        }

        member.Training.ValidationLoss.ShouldBe(alone.ValidationLoss);
        var scores = new float[3000];
        ScorerOf([member]).Score(columns, scores);
        for (var row = 0; row < 3000; row++)
        {
            // Log-odds and sigmoid in single precision.
            ((double)scores[row]).ShouldBe(1 / (1 + Math.Exp(-Samples.LogOdds(alone, matrix, row))), 3e-7);
        }
    }

    [Fact]
    public void More_members_than_one_code_table_holds_are_averaged_all()
    {
        var (columns, labels) = Samples.Make(300, 2);
        var members = Fit(columns, labels, 1).Members;
        var many = Enumerable.Range(0, EdgeCodes.MostMembers + 5).Select(i => members[i % members.Count]).ToArray();
        var (scores, one) = (new float[300], new float[300]);
        ScorerOf(many).Score(columns, scores);
        var sums = new double[300];
        foreach (var member in many)
        {
            ScorerOf([member]).Score(columns, one);
            for (var i = 0; i < 300; i++)
            {
                sums[i] += one[i];
            }
        }

        // Rounding of each member's score to single precision.
        scores.Select((score, i) => Math.Abs(score - (sums[i] / many.Length))).Max().ShouldBeLessThan(2e-7);
    }

    [Fact]
    public void Members_split_the_rows_by_class_each_in_its_own_way()
    {
        var labels = Enumerable.Range(0, 1000).Select(i => (byte)(i % 10 == 0 ? 1 : 0)).ToArray();
        var rows = Enumerable.Range(0, 1000).ToArray();
        var (t1, v1) = StratifiedSplit.Of(rows, labels, 0.3, RandomStream.For(1, "a"));
        var (_, v2) = StratifiedSplit.Of(rows, labels, 0.3, RandomStream.For(1, "b"));
        v1.Length.ShouldBe(300);
        v1.Count(r => labels[r] == 1).ShouldBe(30);
        t1.Concat(v1).Order().ShouldBe(rows);
        t1.ShouldBe(t1.Order());
        v1.ShouldNotBe(v2);
    }

    [Fact]
    public void An_ensemble_fails_only_if_all_members_fail()
    {
        var (columns, _) = Samples.Make(1000, 2);
        var one = new byte[1000];
        one[3] = 1;
        var none = Fit(columns, one, 1);
        none.Succeeded.ShouldBeFalse();
        none.Failures.Count.ShouldBe(6);
        Should.Throw<InvalidOperationException>(() => none.Score(columns, new float[1000])).Message.ShouldContain("class 1");
        var empty = Fit(columns, new byte[1000], 2);
        empty.Failures.ShouldAllBe(f => f == "class 1 has no weight");
    }

    [Fact]
    public void A_cancelled_training_stops()
    {
        var (columns, labels) = Samples.Make(1000, 2);
        using var source = new CancellationTokenSource();
        source.Cancel();
        var sorted = SortedColumns.Of(columns);
        Should.Throw<OperationCanceledException>(() => EnsembleTrainer.Fit(
            sorted, [1, 2, 3, 4], labels, [], 3, new BoostingOptions(), m => RandomStream.For(1, $"{m}"), 1, source.Token).Succeeded);
    }

    [Fact]
    public void Rows_outside_the_training_list_are_not_looked_at()
    {
        var (columns, labels) = Samples.Make(2000, 3);
        var sorted = SortedColumns.Of(columns);
        int[] rows = [.. Enumerable.Range(0, 1500)];
        var weights = Enumerable.Repeat(1.0, 2000).ToArray();
        var other = labels.ToArray();
        other.AsSpan(1500).Clear();
        var otherWeights = weights.ToArray();
        otherWeights.AsSpan(1500).Fill(double.NaN);
        float[] Score(byte[] y, double[] w)
        {
            var scores = new float[2000];
            EnsembleTrainer.Fit(sorted, rows, y, w, 2, new BoostingOptions(), m => RandomStream.For(1, $"{m}"), 1, default)
                .Score(columns, scores);
            return scores;
        }

        Score(labels, weights).ShouldBe(Score(other, otherWeights));
    }

    private static EnsembleScorer ScorerOf(EnsembleMember[] members) => new(members, EnsembleScorer.CodesOf(members));

    private static float[] Scores(float[][] columns, byte[] labels, int threads)
    {
        var scores = new float[labels.Length];
        Fit(columns, labels, threads).Score(columns, scores);
        return scores;
    }

    private static TreeEnsemble Fit(float[][] columns, byte[] labels, int threads) => EnsembleTrainer.Fit(
        SortedColumns.Of(columns), [.. Enumerable.Range(0, labels.Length)], labels, [], 6,
        new BoostingOptions(), StreamOf, threads, CancellationToken.None);

    private static RandomStream StreamOf(int member) => RandomStream.For(1, "ensemble test", $"member {member}");

    private static double LogOdds(EnsembleMember member, float[][] columns, int row) =>
        Samples.LogOdds(member.Training, member.Binning.Transform([.. columns.Select(column => new[] { column[row] })]), 0);
}
