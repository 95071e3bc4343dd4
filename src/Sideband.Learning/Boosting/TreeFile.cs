using System.Numerics;
using Sideband.Learning.Saving;

namespace Sideband.Learning.Boosting;

/// <summary>
/// A saved tree: a walk from the root, left before right, in bits, and then the leaves' values in the order of the walk. A leaf is the
/// bit 0; an inner node is the bit 1, a bit that is 1 where missing values go left, and the number of its split in as many bits as the
/// largest number needs. No node's number is stored, so none can be wrong.
/// </summary>
internal static class TreeFile
{
    /// <summary>Of one leaf.</summary>
    public const int FewestBytes = 5;

    private const int MostNodes = 31;

    /// <summary>Writes leaves in single precision, in which they are added up.</summary>
    public static void Write(BinaryWriter writer, Tree tree, FeatureBinning binning, SplitThresholds thresholds)
    {
        var bits = new BitWriter(writer);
        List<float> leaves = [];
        void Walk(int next)
        {
            bits.Write(next >= 0 ? 1 : 0, 1);
            if (next < 0)
            {
                leaves.Add((float)tree.Leaves[~next]);
                return;
            }

            var node = tree.Nodes[next];
            bits.Write(node.MissingLeft ? 1 : 0, 1);
            bits.Write(thresholds.SplitOf(node, binning.Edges(node.Feature)), SplitBits(thresholds));
            Walk(node.Left);
            Walk(node.Right);
        }

        Walk(tree.Nodes.IsEmpty ? ~0 : 0);
        bits.Flush();
        foreach (var leaf in leaves)
        {
            writer.Write(leaf);
        }
    }

    /// <summary>Reads a tree, whose nodes and leaves are numbered in the order of the walk.</summary>
    /// <exception cref="InvalidDataException">No tree; the message says why.</exception>
    public static Tree Read(PayloadReader reader, SplitThresholds thresholds)
    {
        var bits = new BitReader(reader);
        List<TreeNode> nodes = [];
        var leafCount = 0;
        int Walk()
        {
            if (bits.Read(1) == 0)
            {
                return ~leafCount++;
            }

            reader.Require(nodes.Count < MostNodes, $"a tree of more than {MostNodes + 1} leaves");
            var missingLeft = bits.Read(1) == 1;
            var split = bits.Read(SplitBits(thresholds));
            reader.Require(split < thresholds.SplitCount, $"split number {split} of {thresholds.SplitCount}");
            var (feature, bin) = thresholds.Split(split);
            var n = nodes.Count;
            nodes.Add(new TreeNode(feature, bin, missingLeft, 0, 0));
            var left = Walk();
            var right = Walk();
            nodes[n] = nodes[n] with { Left = left, Right = right };
            return n;
        }

        Walk();
        var leaves = new double[leafCount];
        for (var leaf = 0; leaf < leaves.Length; leaf++)
        {
            leaves[leaf] = reader.FiniteSingle("a leaf");
        }

        return new Tree([.. nodes], leaves);
    }

    private static int SplitBits(SplitThresholds thresholds) => BitOperations.Log2((uint)thresholds.SplitCount - 1) + 1;
}
