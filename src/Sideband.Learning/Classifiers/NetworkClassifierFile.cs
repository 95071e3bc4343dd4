using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Learning.Saving;

namespace Sideband.Learning.Classifiers;

/// <summary>
/// A saved network classifier: mean and deviation of each feature, hidden widths, activation, batch normalisation or not, and all
/// parameters of each pooled epoch. Dropout, which does nothing when scoring, is left out.
/// </summary>
internal static class NetworkClassifierFile
{
    public static readonly SavedFrame Frame = new(0x4C434253 /* "SBCL" */, 1, "network classifier");

    private const int MostWidth = 1024;

    public static void Write(BinaryWriter writer, Standardisation scaling, IReadOnlyList<ClassifierNetwork> members)
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
        writer.Write(options.BatchNormalisation);
        writer.Write(members.Count);
        var snapshot = new float[members[0].Parameters.SnapshotLength];
        foreach (var member in members)
        {
            member.Parameters.CopyTo(snapshot);
            writer.WriteAll(snapshot);
        }
    }

    /// <exception cref="InvalidDataException">Damaged; the message says where.</exception>
    public static (Standardisation Scaling, ClassifierNetwork[] Members) Read(PayloadReader reader)
    {
        var scaling = ReadScaling(reader);
        var options = ReadOptions(reader);
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
        return (scaling, members);
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

    private static NetworkClassifierOptions ReadOptions(PayloadReader reader)
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
        var normalised = reader.Byte();
        reader.Require(normalised <= 1, $"batch normalisation is {normalised}");
        return new NetworkClassifierOptions { HiddenWidths = widths, Activation = activation, BatchNormalisation = normalised == 1 };
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
