using System.Runtime.InteropServices;
using Sideband.Learning.Classifiers;
using Sideband.Learning.Networks;
using Sideband.Learning.Tests.Boosting;
using Sideband.Learning.Tests.Saving;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Classifiers;

public class NetworkClassifierFileTests
{
    private static readonly NetworkClassifierOptions Small = new() { HiddenWidths = [5], Epochs = 2, PooledEpochs = 2 };

    [Theory]
    [InlineData(1, Activation.Relu, false, 0)]
    [InlineData(4, Activation.Silu, false, 0.1)]
    [InlineData(3, Activation.Elu, true, 0)]
    public void A_loaded_classifier_scores_with_the_same_bits(int features, Activation activation, bool normalised, double dropout)
    {
        var (columns, labels) = Samples.Make(1000, features);
        var options = Small with { HiddenWidths = [40, 7], Activation = activation, BatchNormalisation = normalised, Dropout = dropout };
        var classifier = Fit(columns, labels, options);
        var file = Save(classifier);
        var loaded = Load(file);
        float[] special = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, 0, -0f, float.Epsilon];
        special.CopyTo(columns[0], 0);
        Bits(loaded.Score(columns)).SequenceEqual(Bits(classifier.Score(columns))).ShouldBeTrue();
        Save(loaded).ShouldBe(file);
    }

    [Fact]
    public void A_loaded_classifier_knows_the_features_that_it_sees()
    {
        var (columns, labels) = Samples.Make(1000, 6);
        var classifier = Fit(columns, labels, Small with { FeaturesPerMember = 3, BatchNormalisation = true });
        var file = Save(classifier);
        var loaded = Load(file);
        loaded.Features.ShouldBe(classifier.Features);
        loaded.Features.Count.ShouldBe(3);
        Bits(loaded.Score(columns)).SequenceEqual(Bits(classifier.Score(columns))).ShouldBeTrue();
        Save(loaded).ShouldBe(file);

        // Behind features, scaling, layers, activation and flags: the number of all features, and the first of those seen.
        var payload = Damage.Payload(file);
        var head = 4 + (3 * 16) + 4 + 2 + 1 + 1;
        string? With(int place, byte value)
        {
            byte[] changed = [.. payload];
            changed[head + place] = value;
            return Reason(Damage.Framed(NetworkClassifierFile.Frame, changed));
        }

        With(0, 3).ShouldBe("a damaged network classifier: 3 of 3 features");
        With(4, 9).ShouldBe("a damaged network classifier: feature number 9 out of order");
        With(12, 0).ShouldBe("a damaged network classifier: feature number 0 out of order");
        With(-1, 4).ShouldBe("a damaged network classifier: batch normalisation and features are 4");
    }

    [Fact]
    public void Ten_epochs_of_the_default_layers_take_400_kB()
    {
        var (columns, labels) = Samples.Make(400, 4);
        Save(Fit(columns, labels, new NetworkClassifierOptions { Epochs = 10 })).Length.ShouldBeLessThan(400_000);
    }

    [Fact]
    public void Damaged_files_are_refused_with_a_reason()
    {
        var file = Save(SmallClassifier());
        Damage.Truncations(file).ShouldAllBe(f => Reason(f) == "a saved network classifier ends too early");
        Damage.Flips(file, 500, "network").ShouldAllBe(f => Reason(f) != null);
        Reason([.. "SBEN of another kind"u8]).ShouldBe("not a saved network classifier");
    }

    [Fact]
    public void Damage_under_a_fitting_checksum_gives_a_reason_or_a_classifier()
    {
        var payload = Damage.Payload(Save(SmallClassifier()));
        byte[] Framed(byte[] p) => Damage.Framed(NetworkClassifierFile.Frame, p);
        var reasons = Damage.Truncations(payload).Select(p => Reason(Framed(p)));
        reasons.ShouldAllBe(reason => reason!.StartsWith("a damaged network classifier: ", StringComparison.Ordinal));

        // The numbers before the weights: features, scaling, layers, activation, normalisation, networks; then some weights.
        var head = 4 + (2 * 16) + 4 + 2 + 1 + 1 + 4;
        var (refused, scored) = (0, 0);
        foreach (var changed in Damage.Flips(payload[..(head + 100)], 500, "network payload"))
        {
            var file = Framed([.. changed, .. payload[(head + 100)..]]);
            if (Reason(file) is null)
            {
                scored++;
                Load(file).Score([[0, 1, -1], [1, 2, 3]]).Length.ShouldBe(3);
            }
            else
            {
                refused++;
            }
        }

        (refused, scored).ShouldSatisfyAllConditions(n => n.refused.ShouldBeGreaterThan(50), n => n.scored.ShouldBeGreaterThan(50));
    }

    [Fact]
    public void Claimed_layers_take_no_memory()
    {
        // One feature and 100 layers of 1,024 units, 420 MB of weights that are not there.
        byte[] layers = [.. Enumerable.Repeat(new byte[] { 0, 4 }, 100).SelectMany(b => b)];
        byte[] scaling = [1, 0, 0, 0, .. new byte[8], .. BitConverter.GetBytes(1.0)];
        byte[] payload = [.. scaling, 100, 0, 0, 0, .. layers, 1, 0, 1, 0, 0, 0, .. new byte[4]];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Reason(Damage.Framed(NetworkClassifierFile.Frame, payload)).ShouldNotBeNull().ShouldContain("weights do not fit in 4 bytes");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    private static NetworkClassifier SmallClassifier()
    {
        var (columns, labels) = Samples.Make(200, 2);
        return Fit(columns, labels, Small);
    }

    private static ReadOnlySpan<byte> Bits(float[] scores) => MemoryMarshal.AsBytes(scores.AsSpan());

    private static string? Reason(byte[] file) => Damage.Reason(file, stream => NetworkClassifier.Load(stream));

    private static byte[] Save(NetworkClassifier classifier)
    {
        var stream = new MemoryStream();
        classifier.Save(stream);
        return stream.ToArray();
    }

    private static NetworkClassifier Load(byte[] file) => NetworkClassifier.Load(new MemoryStream(file));

    private static NetworkClassifier Fit(float[][] columns, byte[] labels, NetworkClassifierOptions options) => NetworkClassifier.Fit(
        columns,
        [.. Enumerable.Range(0, labels.Length)],
        labels,
        [],
        options,
        RandomStream.For(1, "network file"),
        1,
        CancellationToken.None).Classifier!;
}
