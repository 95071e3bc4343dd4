using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Learning.Saving;

namespace Sideband.Learning.Classifiers;

/// <summary>
/// A saved network classifier: mean and deviation of each feature that it sees, hidden widths, activation, batch normalisation or not,
/// where it sees some features only the number of all and which, and all parameters of each pooled epoch. Dropout, which does nothing
/// when scoring, is left out.
/// </summary>
internal static class NetworkClassifierFile
{
    public static readonly SavedFrame Frame = new(0x4C434253 /* "SBCL" */, 1, "network classifier");

    private const int MostWidth = 1024;
    private const int Normalised = 1;
    private const int SomeFeatures = 2;

    public static void Write(
        BinaryWriter writer, FeatureSubset features, Standardisation scaling, IReadOnlyList<ClassifierNetwork> members)
    {
        writer.Write(scaling.Mean.Length);
        for (var f = 0; f < scaling.Mean.Length; f++)
        {
            writer.Write(scaling.Mean[f]);
            writer.Write(scaling.Deviation[f]);
        }

        var options = members[0].Options;
        writer.Write(options.HiddenWidths.Count);
        foreach (var width in options.HiddenWidths)
        {
            writer.Write((ushort)width);
        }

        writer.Write((byte)options.Activation);
        writer.Write((byte)((options.BatchNormalisation ? Normalised : 0) | (features.IsAll ? 0 : SomeFeatures)));
        WriteSubset(writer, features);
        writer.Write(members.Count);
        var snapshot = new float[members[0].Parameters.SnapshotLength];
        foreach (var member in members)
        {
            member.Parameters.CopyTo(snapshot);
            writer.WriteAll(snapshot);
        }
    }

    /// <exception cref="InvalidDataException">Damaged; the message says where.</exception>
    public static (FeatureSubset Features, Standardisation Scaling, ClassifierNetwork[] Members) Read(PayloadReader reader)
    {
        var scaling = ReadScaling(reader);
        var (options, someFeatures) = ReadOptions(reader);
        var features = ReadSubset(reader, scaling.Mean.Length, someFeatures);
        var count = reader.Count(sizeof(float), "networks");
        reader.Require(count >= 1, $"no network");

        // Before memory is taken: weights between layers alone, padded as they lie in memory.
        long weights = 0;
        var inputs = scaling.Mean.Length;
        foreach (var width in options.HiddenWidths.Append(1))
        {
            weights += (long)PanelLayout.RoundUp(inputs, 8) * PanelLayout.RoundUp(width, 16);
            inputs = width;
        }

        reader.RequireRoom(count * weights, sizeof(float), "weights");
        var members = new ClassifierNetwork[count];
        for (var m = 0; m < count; m++)
        {
            members[m] = new ClassifierNetwork(scaling.Mean.Length, options);
            members[m].Parameters.CopyFrom(ReadSnapshot(reader, members[m].Parameters.SnapshotLength));
        }

        reader.End();
        return (features, scaling, members);
    }

    private static void WriteSubset(BinaryWriter writer, FeatureSubset features)
    {
        if (!features.IsAll)
        {
            writer.Write(features.Count);
            foreach (var number in features.Numbers)
            {
                writer.Write(number);
            }
        }
    }

    private static FeatureSubset ReadSubset(PayloadReader reader, int seen, bool some)
    {
        if (!some)
        {
            return new FeatureSubset([.. Enumerable.Range(0, seen)], seen);
        }

        var count = reader.Int32();
        reader.Require(count > seen, $"{seen} of {count} features");
        reader.RequireRoom(seen, sizeof(int), "feature numbers");
        var numbers = new int[seen];
        for (var i = 0; i < seen; i++)
        {
            numbers[i] = reader.Int32();
            reader.Require(numbers[i] < count && numbers[i] > (i == 0 ? -1 : numbers[i - 1]), $"feature number {numbers[i]} out of order");
        }

        return new FeatureSubset(numbers, count);
    }

    private static Standardisation ReadScaling(PayloadReader reader)
    {
        var features = reader.Count(2 * sizeof(double), "features");
        reader.Require(features >= 1, $"no feature");
        var scaling = new Standardisation(new double[features], new double[features]);
        for (var f = 0; f < features; f++)
        {
            scaling.Mean[f] = reader.FiniteDouble("a mean");
            scaling.Deviation[f] = reader.FiniteDouble("a deviation");
            reader.Require(scaling.Deviation[f] > 0, $"the deviation {scaling.Deviation[f]}");
        }

        return scaling;
    }

    private static (NetworkClassifierOptions Options, bool SomeFeatures) ReadOptions(PayloadReader reader)
    {
        var widths = new int[reader.Count(sizeof(ushort), "hidden layers")];
        reader.Require(widths.Length >= 1, $"no hidden layer");
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = reader.UInt16();
            reader.Require(widths[i] is >= 1 and <= MostWidth, $"a hidden layer of {widths[i]} units");
        }

        var activation = (Activation)reader.Byte();
        reader.Require(Enum.IsDefined(activation), $"activation number {(int)activation}");
        int flags = reader.Byte();
        reader.Require(flags <= (Normalised | SomeFeatures), $"batch normalisation and features are {flags}");
        var options = new NetworkClassifierOptions
        {
            HiddenWidths = widths,
            Activation = activation,
            BatchNormalisation = (flags & Normalised) != 0,
        };
        return (options, (flags & SomeFeatures) != 0);
    }

    private static float[] ReadSnapshot(PayloadReader reader, int length)
    {
        reader.RequireRoom(length, sizeof(float), "parameters");
        var snapshot = new float[length];
        for (var i = 0; i < length; i++)
        {
            snapshot[i] = reader.FiniteSingle("a parameter");
        }

        return snapshot;
    }
}
