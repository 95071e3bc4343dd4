using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sideband.Learning.Classifiers;
using Sideband.Learning.Networks;
using Sideband.Learning.Tests.Boosting;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Classifiers;

public class NetworkClassifierTests
{
    private static readonly NetworkClassifierOptions Quick = new() { Epochs = 6, PooledEpochs = 3 };

    [Fact]
    public void Separates_as_well_as_the_best_classifier()
    {
        var (columns, labels) = Samples.Make(12_000, 3);
        var fit = Fit(columns, labels, Quick with { Epochs = 10 });
        fit.Failure.ShouldBeNull();
        var (test, truth) = Samples.Make(20_000, 3, seed: 2);
        var auc = Quality.Auc(fit.Classifier!.Score(test), truth);

        // The likelihood ratio of the sample in closed form; 6,000 training rows cost a classifier of 8,700 weights less than 0.01.
        var best = Quality.Auc([.. Enumerable.Range(0, truth.Length).Select(i => (float)LogRatio(test[0][i], test[1][i]))], truth);
        auc.ShouldBeGreaterThan(best - 0.01);
        fit.PooledEpochs.Count.ShouldBe(3);
        fit.ValidationLoss[fit.PooledEpochs[0]].ShouldBe(fit.ValidationLoss.Min());
        fit.ValidationLoss.Count.ShouldBe(10);
    }

    [Fact]
    public void Balanced_classes_give_the_mean_score_of_one_half_and_weights_count_as_rows()
    {
        var (columns, labels) = Samples.Make(8000, 2);
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = i % 10 == 0 ? labels[i] : (byte)0;
        }

        // Nothing tells the classes apart in noise alone: scores near 1/2 although there are twenty times fewer of class 1.
        var stream = RandomStream.For(3);
        float[][] noise = [[.. columns[0].Select(_ => (float)stream.NextGaussian())]];
        var scores = Fit(noise, labels, Quick).Classifier!.Score(noise);
        scores.Average().ShouldBe(0.5f, 0.05f);
        var unbalanced = Fit(noise, labels, Quick with { BalancedClassWeights = false }).Classifier!.Score(noise);
        unbalanced.Average().ShouldBe((float)labels.Average(label => label), 0.02f);
    }

    [Theory]
    [InlineData(128, 0, false, "57C966F5289B07DF")]
    [InlineData(512, 0.1, false, "29CBD70E3CE255D7")]
    [InlineData(256, 0, true, "1BDC5BCF64B0C2D4")]
    public void The_same_bits_with_one_thread_and_two_and_on_every_processor(int batch, double dropout, bool normalised, string golden)
    {
        var (columns, labels) = Samples.Make(3000, 4);
        var options = Quick with { BatchSize = batch, Dropout = dropout, BatchNormalisation = normalised, Epochs = 4 };
        var one = Fit(columns, labels, options).Classifier!.Score(columns);
        Fit(columns, labels, options, threads: 2).Classifier!.Score(columns).ShouldBe(one);
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(one.AsSpan())))[..16].ShouldBe(golden);
    }

    [Fact]
    public void A_network_that_draws_features_is_that_of_these_features_alone()
    {
        var (columns, labels) = Samples.Make(3000, 6);
        var options = Quick with { Epochs = 3, FeaturesPerMember = 2 };
        var classifier = Fit(columns, labels, options).Classifier!;
        classifier.Features.Count.ShouldBe(2);
        var scores = classifier.Score(columns);
        Fit(columns, labels, options, threads: 2).Classifier!.Score(columns).ShouldBe(scores);
        Fit([.. classifier.Features.Select(f => columns[f])], labels, options with { FeaturesPerMember = null })
            .Classifier!.Score([.. classifier.Features.Select(f => columns[f])]).ShouldBe(scores);
        var all = Fit(columns, labels, options with { FeaturesPerMember = null }).Classifier!;
        all.Features.ShouldBe([0, 1, 2, 3, 4, 5]);
        Fit(columns, labels, options with { FeaturesPerMember = 6 }).Classifier!.Score(columns).ShouldBe(all.Score(columns));
        Should.Throw<ArgumentException>(() => classifier.Score(columns[..2])).Message
            .ShouldBe("2 features; the classifier was trained on 6");
        Should.Throw<ArgumentException>(() => Fit(columns, labels, options with { FeaturesPerMember = 7 })).Message
            .ShouldBe("ensemble option FeaturesPerMember is 7; allowed: 1 to 6, the number of features");
        columns[classifier.Features[1]][7] = float.NaN;
        Fit(columns, labels, options).Failure.ShouldBe($"feature {classifier.Features[1] + 1} holds a value that is not finite");
    }

    [Fact]
    public void Early_stopping_and_failures_have_reasons()
    {
        var (columns, labels) = Samples.Make(2000, 2);
        var stopped = Fit(columns, labels, Quick with { Epochs = 500, Patience = 3, LearningRate = 1e-2 });
        (stopped.ValidationLoss.Count - stopped.PooledEpochs[0]).ShouldBe(4);

        // Steps of 1 in the weights of thirty layers: the log-odds overflow, with another stream, too.
        var linear = Quick with { HiddenWidths = [.. Enumerable.Repeat(64, 30)], LearningRate = 1, Activation = Activation.None };
        var deep = Fit(columns, labels, linear);
        deep.Succeeded.ShouldBeFalse();
        deep.Failure.ShouldNotBeNull().ShouldContain("not finite in epoch 1, step 3 of 7; with another random stream");
        columns[1][7] = float.NaN;
        Fit(columns, labels, Quick).Failure.ShouldBe("feature 2 holds a value that is not finite");
        Fit([columns[0]], new byte[2000], Quick).Failure.ShouldBe("class 1 has no weight");
        Should.Throw<ArgumentException>(() => (Quick with { Dropout = 1 }).Validate()).Message
            .ShouldBe("classifier option Dropout is 1; allowed: at least 0 and below 1");
    }

    private static NetworkClassifierFit Fit(float[][] columns, byte[] labels, NetworkClassifierOptions options, int threads = 1) =>
        NetworkClassifier.Fit(
            columns, [.. Enumerable.Range(0, labels.Length)], labels, [], options, RandomStream.For(1, "classifier"), threads, default);

    /// <summary>Class 1: N(0.8, 1) and N(0, 0.7); class 0: N(0, 1) and N(0, 1).</summary>
    private static double LogRatio(double x, double y) => (0.8 * x) - (0.5 * y * y * ((1 / 0.49) - 1));
}
