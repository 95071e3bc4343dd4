using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sideband.Learning.Boosting;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Boosting;

/// <summary>Attribute bagging: members that see some of the features.</summary>
public class FeaturesPerMemberTests
{
    [Fact]
    public void Members_see_as_many_features_as_were_asked_for_each_its_own()
    {
        var (columns, labels) = Samples.Make(4000, 6);
        var ensemble = Fit(columns, labels, 2);
        int[][] seen = [.. ensemble.Members.Select(member =>
            Enumerable.Range(0, 6).Where(f => !member.Binning.Edges(f).IsEmpty).ToArray())];
        seen.ShouldAllBe(features => features.Length == 2);
        ensemble.Members.Zip(seen).ShouldAllBe(pair => !pair.First.UsedFeatures().Except(pair.Second).Any());
        seen.Select(features => string.Join(',', features)).Distinct().Count().ShouldBeGreaterThan(5);
        seen.SelectMany(features => features).Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public void Every_feature_is_drawn_equally_often()
    {
        var draws = Enumerable.Range(0, 6000).Select(m => FeatureDraw.Of(6, 2, RandomStream.For(1, "draw", $"{m}"))).ToArray();
        draws.ShouldAllBe(draw => draw.Length == 2 && draw[0] < draw[1]);
        foreach (var feature in Enumerable.Range(0, 6))
        {
            // Binomial with mean 2000 and standard deviation 37.
            draws.Count(draw => draw.Contains(feature)).ShouldBeInRange(1850, 2150);
        }
    }

    [Fact]
    public void A_member_is_the_training_on_its_features_alone_with_the_split_that_it_has_with_all()
    {
        var (columns, labels) = Samples.Make(3000, 5, missing: 0.05);
        var member = Fit(columns, labels, 2).Members[3];
        int[] own = [.. Enumerable.Range(0, 5).Where(f => !member.Binning.Edges(f).IsEmpty)];
        var (training, validation) = StratifiedSplit.Of([.. Enumerable.Range(0, 3000)], labels, 0.5, StreamOf(3));
        float[][] alone = [.. own.Select(f => columns[f])];
        var binning = FeatureBinning.Fit([.. alone.Select(c => training.Select(row => c[row]).ToArray())], 255);
        var model = BoostedTrees.Fit(binning.Transform(alone), training, validation, labels, [], new BoostingOptions());
        member.Training.ValidationLoss.ShouldBe(model.ValidationLoss);
        member.Training.Trees.Select(tree => string.Join(' ', tree.Nodes.ToArray().Select(node => (node.Feature, node.Bin))))
            .ShouldBe(model.Trees.Select(tree => string.Join(' ', tree.Nodes.ToArray().Select(node => (own[node.Feature], node.Bin)))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(6)]
    public void All_features_give_the_bits_that_they_always_gave(int? drawn)
    {
        // The number of EnsembleTests.
        var (columns, labels) = Samples.Make(4000, 6, missing: 0.03);
        Hash(Scores(Fit(columns, labels, drawn), columns)).ShouldBe("BFC72FAF70D6CD86");
    }

    [Fact]
    public void Any_number_of_threads_and_every_processor_give_the_same_bits()
    {
        var (columns, labels) = Samples.Make(4000, 6, missing: 0.03);
        var scores = Scores(Fit(columns, labels, 2), columns);
        Scores(Fit(columns, labels, 2, threads: 2), columns).ShouldBe(scores);
        Hash(scores).ShouldBe("71F151835B789AAF");
    }

    [Fact]
    public void A_loaded_ensemble_has_its_members_features_and_the_same_bits()
    {
        var (columns, labels) = Samples.Make(4000, 6, missing: 0.03);
        var ensemble = Fit(columns, labels, 2);
        using var file = new MemoryStream();
        ensemble.Save(file);
        file.Position = 0;
        var loaded = TreeEnsemble.Load(file);
        Scores(loaded, columns).ShouldBe(Scores(ensemble, columns));
        loaded.Members.Select(member => member.UsedFeatures()).ShouldBe(ensemble.Members.Select(member => member.UsedFeatures()));

        // A feature that no tree of a member splits at changes no score.
        var one = new TreeEnsemble([ensemble.Members[0]]);
        var others = columns.Select((column, f) => ensemble.Members[0].UsedFeatures().Contains(f) ? column : new float[4000]).ToArray();
        Scores(one, others).ShouldBe(Scores(one, columns));
    }

    [Theory]
    [InlineData(7, "ensemble option FeaturesPerMember is 7; allowed: 1 to 6, the number of features")]
    [InlineData(0, "boosting option FeaturesPerMember is 0; allowed: at least 1, or none for all")]
    public void More_features_than_there_are_and_none_are_refused(int drawn, string message)
    {
        var (columns, labels) = Samples.Make(500, 6);
        Should.Throw<ArgumentException>(() => Fit(columns, labels, drawn)).Message.ShouldBe(message);
    }

    private static string Hash(float[] scores) =>
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(scores.AsSpan())).AsSpan(0, 8));

    private static float[] Scores(TreeEnsemble ensemble, float[][] columns)
    {
        var scores = new float[columns[0].Length];
        ensemble.Score(columns, scores);
        return scores;
    }

    private static TreeEnsemble Fit(float[][] columns, byte[] labels, int? drawn, int threads = 1) => EnsembleTrainer.Fit(
        SortedColumns.Of(columns),
        [.. Enumerable.Range(0, labels.Length)],
        labels,
        [],
        drawn is null or 6 ? 6 : 12,
        new BoostingOptions { FeaturesPerMember = drawn },
        StreamOf,
        threads,
        CancellationToken.None);

    private static RandomStream StreamOf(int member) => RandomStream.For(1, "ensemble test", $"member {member}");
}
