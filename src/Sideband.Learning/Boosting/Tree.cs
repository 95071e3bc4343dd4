namespace Sideband.Learning.Boosting;

/// <summary>An inner node: rows whose bin of <paramref name="Feature"/> is at most <paramref name="Bin"/> go left.</summary>
/// <param name="Feature">Feature number.</param>
/// <param name="Bin">The last bin that goes left.</param>
/// <param name="MissingLeft">Whether missing values go left.</param>
/// <param name="Left">The next inner node, or ~leaf.</param>
/// <param name="Right">The next inner node, or ~leaf.</param>
public readonly record struct TreeNode(int Feature, int Bin, bool MissingLeft, int Left, int Right);

/// <summary>One tree: inner nodes with the root first (none: one leaf), and the log-odds that each leaf adds.</summary>
public sealed class Tree
{
    private readonly TreeNode[] _nodes;
    private readonly double[] _leaves;

    internal Tree(TreeNode[] nodes, double[] leaves)
    {
        _nodes = nodes;
        _leaves = leaves;
    }

    public ReadOnlySpan<TreeNode> Nodes => _nodes;

    /// <summary>Leaf values, the learning rate included.</summary>
    public ReadOnlySpan<double> Leaves => _leaves;

    /// <summary>The leaf of a row by walking down from the root: the plain definition, which the fast prediction must equal.</summary>
    public int LeafOf(BinnedMatrix matrix, int row)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var next = _nodes.Length == 0 ? ~0 : 0;
        while (next >= 0)
        {
            ref readonly var node = ref _nodes[next];
            int bin = matrix.Bin(row, node.Feature);
            next = bin <= node.Bin || (node.MissingLeft && bin == matrix.MissingBin) ? node.Left : node.Right;
        }

        return ~next;
    }
}
