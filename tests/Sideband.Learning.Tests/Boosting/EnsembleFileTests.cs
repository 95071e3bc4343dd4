using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sideband.Learning.Boosting;
using Sideband.Learning.Tests.Saving;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Boosting;

public class EnsembleFileTests
{
    private static readonly BoostingOptions Few = new() { MaxIterations = 12, MaxLeaves = 32, Keep = KeepIterations.Last };

    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(4, 0, false)]
    [InlineData(4, 0.1, false)]
    [InlineData(3, 0.1, true)]
    public void A_loaded_ensemble_scores_with_the_same_bits(int features, double missing, bool ties)
    {
        var (columns, labels) = Samples.Make(4000, features, missing);
        if (ties)
        {
            columns[0] = Array.ConvertAll(columns[0], x => MathF.Round(x * 20));
            columns[1] = Array.ConvertAll(columns[1], x => MathF.Abs(x) < 0.5f ? 0 : x);
        }

        MustKeepBits(Fit(columns, labels, Few));
    }

    [Fact]
    public void A_split_between_missing_values_and_all_others_is_kept()
    {
        var (columns, labels) = Samples.Make(4000, 2);
        columns[1] = [.. labels.Select((label, i) => i % 3 == 0 && label == 1 ? float.NaN : columns[1][i])];
        var ensemble = Fit(columns, labels, Few);
        var nodes = ensemble.Members.SelectMany(m => m.Training.Trees.SelectMany(t => t.Nodes.ToArray()).Select(n => (m.Binning, Node: n)));
        nodes.Any(n => n.Node.Bin == n.Binning.Edges(n.Node.Feature).Length).ShouldBeTrue();
        MustKeepBits(ensemble);
    }

    [Fact]
    public void Infinite_values_in_training_are_the_lowest_and_the_highest_and_are_kept()
    {
        var (columns, labels) = Samples.Make(4000, 2);
        columns[0] = Array.ConvertAll(columns[0], x => x > 1.5f ? float.PositiveInfinity : x < -1 ? float.NegativeInfinity : x);
        columns[1] = Array.ConvertAll(columns[1], x => x > 0 ? float.PositiveInfinity : float.NegativeInfinity);
        var ensemble = Fit(columns, labels, Few);
        ensemble.Members[0].Binning.Edges(0).ToArray().ShouldBeInOrder();
        ensemble.Members[0].Binning.Edges(1).ToArray().ShouldBe([0]);
        var scores = Scores(ensemble, [[float.NegativeInfinity, 0, float.PositiveInfinity], [1, 1, 1]]);
        scores.ShouldBeInOrder();
        scores[2].ShouldBeGreaterThan(scores[0] + 0.1f);
        MustKeepBits(ensemble);
    }

    [Fact]
    public void Trees_of_a_single_leaf_no_trees_and_failed_members_are_kept()
    {
        var (columns, labels) = Samples.Make(600, 2);
        var leaves = Fit(columns, labels, Few with { MinEventsPerLeaf = 10_000 });
        leaves.Members[0].Training.Trees.Select(tree => tree.Leaves.Length).Distinct().ShouldBe([1]);
        MustKeepBits(leaves);
        var binning = leaves.Members[0].Binning;
        var constant = new EnsembleMember(new TrainingResult { Baseline = 0.3 }, binning);
        var failed = new EnsembleMember(TrainingResult.Failed("χ² is not finite"), binning);
        var mixed = Load(Save(new TreeEnsemble([constant, failed])));
        mixed.Failures.ShouldBe(["χ² is not finite"]);
        mixed.Members.Count.ShouldBe(1);
        Scores(mixed, columns)[0].ShouldBe(1 / (1 + MathF.Exp(-0.3f)), 2e-7f);
        var none = Load(Save(TreeEnsemble.Failed("no row", 3)));
        none.Failures.ShouldBe(["no row", "no row", "no row"]);
        Should.Throw<InvalidOperationException>(() => Scores(none, columns)).Message.ShouldContain("no row");
    }

    [Fact]
    public void Numbers_of_iterations_are_saved()
    {
        var (columns, labels) = Samples.Make(1000, 2);
        var ensemble = Fit(columns, labels, Few);
        var loaded = Load(Save(ensemble));
        loaded.Members[1].Training.IterationsRun.ShouldBe(12);
        loaded.Members[1].Training.BestIteration.ShouldBe(ensemble.Members[1].Training.BestIteration);
    }

    [Fact]
    public void Ensembles_follow_each_other_in_a_stream_and_have_the_same_bytes_on_every_processor()
    {
        var (columns, labels) = Samples.Make(1000, 2);
        var stream = new MemoryStream();
        Fit(columns, labels, Few).Save(stream);
        Fit([columns[1]], labels, Few).Save(stream);
        stream.Position = 0;
        TreeEnsemble.Load(stream).Members[0].Binning.FeatureCount.ShouldBe(2);
        TreeEnsemble.Load(stream).Members[0].Binning.FeatureCount.ShouldBe(1);
        stream.Position.ShouldBe(stream.Length);

        // A change of this number is a change of the format, which needs another version.
        Convert.ToHexString(SHA256.HashData(stream.ToArray()))[..16].ShouldBe("CB6CC1CF5F478794");
    }

    [Fact]
    public void A_member_of_a_usual_training_takes_less_than_8_kB()
    {
        // 100,000 rows of two samples that differ by a 2 % resonance and a slight shift, as data and template do.
        var stream = RandomStream.For(1, "size of a member");
        var labels = new byte[100_000];
        float[][] columns = [.. Enumerable.Range(0, 4).Select(_ => new float[labels.Length])];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = (byte)(i % 2);
            var resonant = labels[i] == 1 && stream.NextDouble() < 0.02;
            for (var f = 0; f < 4; f++)
            {
                var z = stream.NextGaussian();
                columns[f][i] = (float)(resonant ? 1.5 + (0.3 * z) : z + (0.02 * labels[i]));
            }
        }

        var options = new BoostingOptions { Keep = KeepIterations.Best, FewestTrees = 10, MinEventsPerLeaf = 100 };
        var ensemble = Fit(columns, labels, options, 3);
        ensemble.Members.Average(m => m.Training.Trees.Count).ShouldBeInRange(15, 30);
        (Save(ensemble).Length / ensemble.Members.Count).ShouldBeLessThan(8000);
        MustKeepBits(ensemble);
    }

    [Fact]
    public void Damaged_files_are_refused_with_a_reason()
    {
        var (columns, labels) = Samples.Make(300, 2, missing: 0.1);
        var file = Save(Fit(columns, labels, Few with { MaxIterations = 3 }));
        Damage.Truncations(file).ShouldAllBe(f => Reason(f) == "a saved tree ensemble ends too early");
        Damage.Flips(file, 500, "ensemble").ShouldAllBe(f => Reason(f) != null);
        Reason([.. "PK\u0003\u0004, something else"u8]).ShouldBe("not a saved tree ensemble");
        Reason([.. file[..4], 9, 0, 0, 0, .. file[8..]]).ShouldBe("a saved tree ensemble of version 9; this program reads version 1");
        var changed = Reason([.. file[..20], (byte)(file[20] ^ 1), .. file[21..]]);
        changed.ShouldBe("a saved tree ensemble whose bytes were changed: its checksum does not fit");
        Reason(Damage.Framed(EnsembleFile.Frame, new byte[9])).ShouldBe("a damaged tree ensemble: neither a member nor a failure");
    }

    [Fact]
    public void Damage_under_a_fitting_checksum_gives_a_reason_or_finite_scores()
    {
        var (columns, labels) = Samples.Make(300, 2, missing: 0.1);
        var payload = Damage.Payload(Save(Fit(columns, labels, Few with { MaxIterations = 3 })));
        byte[] Framed(byte[] p) => Damage.Framed(EnsembleFile.Frame, p);
        var reasons = Damage.Truncations(payload).Select(p => Reason(Framed(p)));
        reasons.ShouldAllBe(reason => reason!.StartsWith("a damaged tree ensemble: ", StringComparison.Ordinal));
        var (refused, scored) = (0, 0);
        foreach (var file in Damage.Flips(payload, 500, "payload").Select(Framed))
        {
            if (Reason(file) is null)
            {
                scored++;
                var loaded = Load(file);
                Scores(loaded, columns[..loaded.Members[0].Binning.FeatureCount]).ShouldAllBe(score => score >= 0 && score <= 1);
            }
            else
            {
                refused++;
            }
        }

        (refused, scored).ShouldSatisfyAllConditions(n => n.refused.ShouldBeGreaterThan(50), n => n.scored.ShouldBeGreaterThan(50));
    }

    [Fact]
    public void A_claimed_length_or_count_takes_no_memory()
    {
        var (columns, labels) = Samples.Make(300, 2);
        var file = Save(Fit(columns, labels, Few));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Reason([.. file[..8], 0xFF, 0xFF, 0xFF, 0x7F, .. file[12..]]).ShouldBe("a saved tree ensemble ends too early");
        var claimed = Damage.Framed(EnsembleFile.Frame, [2, 0xFF, 0xFF, 0xFF, 0x7F]);
        Reason(claimed).ShouldBe("a damaged tree ensemble: 2147483647 failures do not fit in 0 bytes");

        // The file itself is 20 kB; a first piece of the stream 64 kB.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    private static void MustKeepBits(TreeEnsemble ensemble)
    {
        var file = Save(ensemble);
        var loaded = Load(file);
        var inputs = Probes(ensemble);
        Bits(Scores(loaded, inputs)).SequenceEqual(Bits(Scores(ensemble, inputs))).ShouldBeTrue();
        Save(loaded).ShouldBe(file);
    }

    /// <summary>Rows of values on all edges, their neighbours, the special numbers and others, in random combinations.</summary>
    private static float[][] Probes(TreeEnsemble ensemble)
    {
        var stream = RandomStream.For(1, "probes");
        return [.. Enumerable.Range(0, ensemble.Members[0].Binning.FeatureCount).Select(f =>
        {
            float[] edges = [.. ensemble.Members.SelectMany(m => m.Binning.Edges(f).ToArray()).SelectMany(e =>
                new[] { (float)e, MathF.BitIncrement((float)e), MathF.BitDecrement((float)e) })];
            float[] pool =
            [
                .. edges, .. Enumerable.Range(0, 1000).Select(_ => (float)stream.NextGaussian()), .. Enumerable.Repeat(float.NaN, 200),
                0, -0f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity,
            ];
            return Enumerable.Range(0, 40_000).Select(_ => pool[stream.NextInt(pool.Length)]).ToArray();
        })];
    }

    private static ReadOnlySpan<byte> Bits(float[] scores) => MemoryMarshal.AsBytes(scores.AsSpan());

    private static string? Reason(byte[] file) => Damage.Reason(file, stream => TreeEnsemble.Load(stream));

    private static byte[] Save(TreeEnsemble ensemble)
    {
        var stream = new MemoryStream();
        ensemble.Save(stream);
        return stream.ToArray();
    }

    private static TreeEnsemble Load(byte[] file) => TreeEnsemble.Load(new MemoryStream(file));

    private static float[] Scores(TreeEnsemble ensemble, float[][] columns)
    {
        var scores = new float[columns[0].Length];
        ensemble.Score(columns, scores);
        return scores;
    }

    private static TreeEnsemble Fit(float[][] columns, byte[] labels, BoostingOptions options, int members = 3) => EnsembleTrainer.Fit(
        SortedColumns.Of(columns),
        [.. Enumerable.Range(0, labels.Length)],
        labels,
        [],
        members,
        options,
        m => RandomStream.For(1, "file test", $"{m}"),
        1,
        CancellationToken.None);
}
