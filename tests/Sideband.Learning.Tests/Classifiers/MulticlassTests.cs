using Sideband.Learning.Boosting;
using Sideband.Learning.Classifiers;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Learning.Tests.Networks;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Classifiers;

public unsafe class MulticlassTests
{
    private static readonly MulticlassOptions Quick = new() { Epochs = 12, BatchSize = 250 };

    [Fact]
    public void Loss_and_derivatives_of_a_softmax_are_those_of_the_formula()
    {
        const int rows = 20, padded = 32, classes = 3;
        const float scale = 0.25f;
        var stream = RandomStream.For(1, "softmax");
        var x = new AlignedArray<float>(padded * classes);
        var labels = new AlignedArray<float>(padded);
        var weights = new AlignedArray<float>(padded);
        x.Span.Clear();
        labels.Span.Clear();
        weights.Span.Clear();
        for (var i = 0; i < rows; i++)
        {
            labels.Pointer[i] = i % classes;
            weights.Pointer[i] = 0.5f + i;
            for (var c = 0; c < classes; c++)
            {
                // The last rows are sure of a class, and wrong.
                x.Pointer[(c * padded) + i] = (float)stream.NextGaussian() + (i > 15 && c == (i + 1) % classes ? 60 : 0);
            }
        }

        var before = x.Span.ToArray();
        var loss = SoftmaxLoss.Evaluate(x.Pointer, classes, labels.Pointer, weights.Pointer, padded, scale);
        var (sum, weight) = (0.0, 0.0);
        for (var i = 0; i < rows; i++)
        {
            var odds = Enumerable.Range(0, classes).Select(c => Math.Exp(before[(c * padded) + i])).ToArray();
            sum += weights.Pointer[i] * -Math.Log(odds[i % classes] / odds.Sum());
            weight += weights.Pointer[i];
            for (var c = 0; c < classes; c++)
            {
                var expected = scale * weights.Pointer[i] * ((odds[c] / odds.Sum()) - (c == i % classes ? 1 : 0));
                ((double)x.Pointer[(c * padded) + i]).ShouldBe(expected, 1e-6 * scale * weights.Pointer[i]);
            }
        }

        loss.Sum.ShouldBe(sum, 1e-6 * sum);
        loss.Weight.ShouldBe(weight, 1e-6 * weight);
    }

    [Fact]
    public void Gradients_are_the_differences_of_the_loss()
    {
        const int rows = 37, features = 3, classes = 4;
        var stream = RandomStream.For(2, "multiclass gradient");
        float[] values = [.. Enumerable.Range(0, rows * features).Select(_ => (float)stream.NextGaussian())];
        byte[] labels = [.. Enumerable.Range(0, rows).Select(i => (byte)(i % classes))];
        float[] weights = [.. Enumerable.Range(0, rows).Select(i => 0.5f + (i % 3))];
        int[] all = [.. Enumerable.Range(0, rows)];

        // No kinks: a difference across one would not be the gradient.
        var network = new ClassifierNetwork(
            features, new NetworkClassifierOptions { HiddenWidths = [16, 8], Activation = Activation.Silu }, classes);
        network.Layers.Initialise(RandomStream.For(3, "weights"));
        var model = new MulticlassTraining(network, values, labels, weights);
        model.Prepare(1, rows);
        var gradient = new AlignedArray<float>(network.Parameters.Count);
        gradient.Span.Clear();
        model.Refresh();
        model.Step(0, all, 1, gradient.Pointer);
        GradientCheck.CompareWeights(network.Parameters, gradient, () =>
        {
            model.Refresh();
            return model.Evaluate(0, all).Sum;
        });
    }

    [Fact]
    public void Posteriors_are_those_of_the_true_densities_whatever_the_classes_sizes_and_weights_are()
    {
        // Normal x of mean -1, 0, 1: p(c | x) = N(x; c - 1)/sum. Class 2 has twice the events of half the weight.
        var (columns, labels, weights) = Normals(6000, 1);
        var (training, validation) = Split(labels.Length);
        var fit = MulticlassClassifier.Fit(
            columns, training, validation, labels, 3, weights, Quick, RandomStream.For(4), 2, CancellationToken.None);
        fit.Failure.ShouldBeNull();
        var (test, own, _) = Normals(6000, 2);
        int[] rows = [.. Enumerable.Range(0, own.Length)];
        var posterior = fit.Classifier!.LogPosterior(test, rows);
        var (deviation, bias) = (0.0, 0.0);
        for (var i = 0; i < rows.Length; i++)
        {
            var odds = Enumerable.Range(0, 3).Select(c => Math.Exp(-0.5 * Math.Pow(test[0][i] - c + 1, 2))).ToArray();
            for (var c = 0; c < 3; c++)
            {
                var difference = Math.Exp(posterior[c][i]) - (odds[c] / odds.Sum());
                deviation += Math.Abs(difference) / (3 * rows.Length);
                bias += c == 2 ? difference / rows.Length : 0;
            }

            posterior.Sum(of => Math.Exp(of[i])).ShouldBe(1, 1e-6);
        }

        // 14,400 rows, and a network that knows nothing of the form: some hundredths an event, and no class that is favoured.
        deviation.ShouldBeLessThan(0.04);
        bias.ShouldBe(0, 0.03);
        fit.ValidationLoss.Min().ShouldBeLessThan(fit.ValidationLoss[0]);
    }

    [Fact]
    public void The_same_bits_with_one_thread_and_two()
    {
        var (columns, labels, weights) = Normals(1500, 3);
        var (training, validation) = Split(labels.Length);
        double[][] Posterior(int threads) => MulticlassClassifier.Fit(
                columns, training, validation, labels, 3, weights, Quick with { Epochs = 3 }, RandomStream.For(5), threads,
                CancellationToken.None)
            .Classifier!.LogPosterior(columns, training);

        Posterior(2).ShouldBe(Posterior(1));
    }

    [Fact]
    public void Classes_without_rows_or_weight_and_labels_that_are_none()
    {
        var (columns, labels, weights) = Normals(600, 6);
        var (training, validation) = Split(labels.Length);
        MulticlassFit Fit(int classes, double[] own) => MulticlassClassifier.Fit(
            columns, training, validation, labels, classes, own, Quick, RandomStream.For(7), 1, CancellationToken.None);

        Fit(4, weights).Failure.ShouldBe("class 3 has no weight");
        Fit(3, [.. labels.Select(label => label == 1 ? 0.0 : 1.0)]).Failure.ShouldBe("class 1 has no weight");
        Should.Throw<ArgumentException>(() => Fit(2, weights));
        Should.Throw<ArgumentException>(() => Fit(3, [.. weights.Select(weight => -weight)]));
    }

    private static (float[][] Columns, byte[] Labels, double[] Weights) Normals(int events, int seed)
    {
        var stream = RandomStream.For((ulong)seed, "three normals");
        byte[] labels = [.. Enumerable.Range(0, 4 * events).Select(i => (byte)Math.Min(i % 4, 2))];
        return (
            [
                [.. labels.Select(label => (float)(label - 1 + stream.NextGaussian()))],
                [.. labels.Select(_ => (float)stream.NextGaussian())],
            ],
            labels,
            [.. labels.Select(label => label == 2 ? 0.5 : 1)]);
    }

    private static (int[] Training, int[] Validation) Split(int rows) =>
        ([.. Enumerable.Range(0, rows).Where(i => i % 5 < 3)], [.. Enumerable.Range(0, rows).Where(i => i % 5 == 3)]);
}
