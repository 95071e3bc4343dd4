using Sideband.Learning.Saving;

namespace Sideband.Learning.Boosting;

/// <summary>
/// A saved ensemble: number of features (0 without members), failures, and of each member its counts, its baseline and thresholds in
/// single precision, and its trees (<see cref="TreeFile"/>). What scoring does not need is left out.
/// </summary>
internal static class EnsembleFile
{
    public static readonly SavedFrame Frame = new(0x4E454253 /* "SBEN" */, 1, "tree ensemble");

    /// <summary>A larger sum of log-odds could become infinite, and two of them no number.</summary>
    private const double LargestLogOdds = 1e30;

    private const int FewestMemberBytes = 17;
    private const int MostThresholds = 254;

    public static void Write(BinaryWriter writer, IReadOnlyList<EnsembleMember> members, IReadOnlyList<string> failures)
    {
        writer.Write((byte)(members.Count == 0 ? 0 : members[0].Binning.FeatureCount));
        writer.Write(failures.Count);
        foreach (var failure in failures)
        {
            writer.WriteText(failure);
        }

        writer.Write(members.Count);
        foreach (var member in members)
        {
            Write(writer, member);
        }
    }

    /// <exception cref="InvalidDataException">Damaged; the message says where.</exception>
    public static (EnsembleMember[] Members, string[] Failures) Read(PayloadReader reader)
    {
        int features = reader.Byte();
        var failures = new string[reader.Count(sizeof(int), "failures")];
        for (var i = 0; i < failures.Length; i++)
        {
            failures[i] = reader.Text("a failure");
        }

        var members = new EnsembleMember[reader.Count(FewestMemberBytes, "members")];
        reader.Require(members.Length + failures.Length > 0, $"neither a member nor a failure");
        var fits = members.Length == 0 ? features == 0 : features is >= 1 and <= FeatureBinning.MaxFeatures;
        reader.Require(fits, $"{features} features of {members.Length} members");
        for (var m = 0; m < members.Length; m++)
        {
            members[m] = ReadMember(reader, features);
        }

        reader.End();
        return (members, failures);
    }

    private static void Write(BinaryWriter writer, EnsembleMember member)
    {
        var (training, binning) = member;
        var thresholds = SplitThresholds.Of(member);
        writer.Write(training.IterationsRun);
        writer.Write(training.BestIteration);
        writer.Write((float)training.Baseline);
        foreach (var own in thresholds.Values)
        {
            writer.Write((byte)own.Length);
            foreach (var threshold in own)
            {
                writer.Write(threshold);
            }
        }

        writer.Write(training.Trees.Count);
        foreach (var tree in training.Trees)
        {
            TreeFile.Write(writer, tree, binning, thresholds);
        }
    }

    private static EnsembleMember ReadMember(PayloadReader reader, int features)
    {
        var (iterations, best) = (reader.Int32(), reader.Int32());
        reader.Require(best >= 0 && best <= iterations, $"{best} best of {iterations} iterations");
        var baseline = reader.FiniteSingle("a baseline");
        var thresholds = new SplitThresholds([.. Enumerable.Range(0, features).Select(_ => ReadThresholds(reader))]);
        var trees = new Tree[reader.Count(TreeFile.FewestBytes, "trees")];
        var largest = (double)Math.Abs(baseline);
        for (var t = 0; t < trees.Length; t++)
        {
            trees[t] = TreeFile.Read(reader, thresholds);
            largest += trees[t].Leaves.ToArray().Max(Math.Abs);
        }

        reader.Require(largest <= LargestLogOdds, $"log-odds up to {largest}");
        var training = new TrainingResult { Baseline = baseline, Trees = trees, IterationsRun = iterations, BestIteration = best };
        return new EnsembleMember(training, thresholds.Binning());
    }

    private static float[] ReadThresholds(PayloadReader reader)
    {
        var own = new float[reader.Byte()];
        reader.Require(own.Length <= MostThresholds, $"{own.Length} thresholds of a feature");
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = reader.Single();
            if (float.IsNaN(own[i]) || (i > 0 && own[i] <= own[i - 1]))
            {
                throw reader.Damaged($"the threshold {own[i]} out of order");
            }
        }

        return own;
    }
}
