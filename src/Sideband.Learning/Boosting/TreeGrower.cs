using System.Runtime.Intrinsics;

namespace Sideband.Learning.Boosting;

/// <summary>
/// Grows one tree best-first: of all leaves the one whose best split gains most is split next, until the number of leaves is
/// reached or nothing gains. The histogram of the smaller child is built from its rows, that of the larger is the difference.
/// All memory is reused from tree to tree and from training to training.
/// </summary>
internal sealed unsafe class TreeGrower
{
    private readonly AlignedArray<int> _rows = new();
    private readonly AlignedArray<int> _scratch = new();
    private readonly HistogramPool _histograms = new();
    private readonly Splitting _splitting = new();
    private readonly Leaf[] _open = new Leaf[32];
    private readonly TreeNode[] _nodes = new TreeNode[31];
    private readonly double[] _values = new double[32];
    private readonly bool[] _hasMissing = new bool[FeatureBinning.MaxFeatures];
    private BoostingOptions _options = new();
    private RowPlanes? _planes;
    private BinColumns? _columns;
    private long* _derivatives;
    private int[] _binCounts = [];
    private int _missingBin;
    private FixedPoint _units;
    private int _openCount;
    private int _nodeCount;
    private int _leafCount;

    /// <summary>Prepares for the trees of one training, whose rows are given by row (for histograms) and by feature (for splits).</summary>
    public void Begin(
        RowPlanes planes, BinColumns columns, ReadOnlySpan<int> binCounts, int missingBin, FixedPoint units, BoostingOptions options)
    {
        _planes = planes;
        _columns = columns;
        _binCounts = binCounts.ToArray();
        _missingBin = missingBin;
        _units = units;
        _options = options;
        _splitting.Units = units;
        _splitting.MinEvents = options.MinEventsPerLeaf;
        _splitting.L2 = options.L2;
        _rows.EnsureLength(planes.Count + Vector512<int>.Count);
        _scratch.EnsureLength(planes.Count + Vector512<int>.Count);
        _histograms.Begin(planes.FeatureCount, options.MaxLeaves + 1);
    }

    /// <summary>Grows a tree on all rows.</summary>
    /// <param name="derivatives">Fixed-point gradient and hessian of each row.</param>
    public Tree Grow(long* derivatives)
    {
        _derivatives = derivatives;
        (_openCount, _nodeCount, _leafCount) = (0, 0, 0);
        _histograms.Reset();
        Open(Root());
        while (_openCount > 0)
        {
            SplitBest();
        }

        return new Tree(_nodes[.._nodeCount], _values[.._leafCount]);
    }

    private Leaf Root()
    {
        var planes = _planes!;
        var histogram = _histograms.Rent();
        Histogram.Build(_histograms[histogram], planes, _derivatives, null, planes.Count, _units.CountShift);

        for (var f = 0; f < planes.FeatureCount; f++)
        {
            var inMissing = _histograms[histogram][(f * Histogram.FeatureLength) + (2 * _missingBin) + 1];
            _hasMissing[f] = inMissing >>> _units.CountShift > 0;
        }

        // Any feature's bins add up to all rows.
        long gradient = 0;
        long hessianAndCount = 0;
        for (var b = 0; b < 256; b++)
        {
            gradient += _histograms[histogram][2 * b];
            hessianAndCount += _histograms[histogram][(2 * b) + 1];
        }

        // scikit-learn takes the value of the root as 0: its gain has no term of the parent, which changes no choice.
        var sums = new NodeSums(
            planes.Count, gradient * _units.GradientUnit, (hessianAndCount & _units.HessianMask) * _units.HessianUnit, 0);
        return new Leaf { Sums = sums, Histogram = histogram, Parent = -1 };
    }

    /// <summary>A leaf with its histogram: finds its best split and keeps it open, or closes it.</summary>
    private void Open(Leaf leaf)
    {
        if (leaf.Sums.Count >= 2 * _options.MinEventsPerLeaf)
        {
            leaf.Split = _splitting.Best(
                _histograms[leaf.Histogram], leaf.Sums, _binCounts, _missingBin, _hasMissing.AsSpan(0, _binCounts.Length));
        }

        if (leaf.Split.Gain > 0)
        {
            _open[_openCount++] = leaf;
        }
        else
        {
            _histograms.Return(leaf.Histogram);
            Close(leaf);
        }
    }

    private void Close(Leaf leaf)
    {
        _values[_leafCount] = leaf.Sums.Value * _options.LearningRate;
        Link(leaf, ~_leafCount);
        _leafCount++;
    }

    private void Link(Leaf leaf, int child)
    {
        if (leaf.Parent >= 0)
        {
            ref var parent = ref _nodes[leaf.Parent];
            parent = leaf.IsLeft ? parent with { Left = child } : parent with { Right = child };
        }
    }

    private Leaf TakeBest()
    {
        var best = 0;
        for (var i = 1; i < _openCount; i++)
        {
            if (_open[i].Split.Gain > _open[best].Split.Gain)
            {
                best = i;
            }
        }

        var leaf = _open[best];
        _openCount--;
        Array.Copy(_open, best + 1, _open, best, _openCount - best);
        return leaf;
    }

    private void SplitBest()
    {
        var leaf = TakeBest();
        ref readonly var split = ref leaf.Split;
        var node = _nodeCount++;
        Link(leaf, node);
        var (left, right) = (Child(leaf, node, true), Child(leaf, node, false));
        var missingLeft = _hasMissing[split.Feature] ? split.MissingLeft : left.Sums.Count > right.Sums.Count;
        _nodes[node] = new TreeNode(split.Feature, split.Bin, missingLeft, 0, 0);

        if (_leafCount + _openCount + 2 == _options.MaxLeaves)
        {
            // The last split: no child is split again, so nobody needs their rows or histograms.
            _histograms.Return(leaf.Histogram);
            Close(left);
            Close(right);
            CloseAll();
            return;
        }

        Partition(leaf, missingLeft);
        ShareHistogram(leaf.Histogram, ref left, ref right);
        Open(left);
        Open(right);
    }

    private Leaf Child(in Leaf parent, int node, bool isLeft)
    {
        var split = parent.Split;
        var count = isLeft ? split.LeftCount : parent.Sums.Count - split.LeftCount;
        var gradient = isLeft ? split.LeftGradient : parent.Sums.Gradient - split.LeftGradient;
        var hessian = isLeft ? split.LeftHessian : parent.Sums.Hessian - split.LeftHessian;
        return new Leaf
        {
            Sums = new NodeSums(count, gradient, hessian, Splitting.LeafValue(gradient, hessian, _options.L2)),
            Start = isLeft ? parent.Start : parent.Start + split.LeftCount,
            Parent = node,
            IsLeft = isLeft,
        };
    }

    private void Partition(in Leaf leaf, bool missingLeft)
    {
        var split = leaf.Split;
        var test = new LeftTest(_columns![split.Feature], split.Bin, missingLeft ? _missingBin : split.Bin);
        RowPartition.Split(_rows.Pointer + leaf.Start, leaf.Sums.Count, leaf.Parent < 0, test, _scratch.Pointer);
    }

    private void ShareHistogram(int parent, ref Leaf left, ref Leaf right)
    {
        ref var smaller = ref left.Sums.Count < right.Sums.Count ? ref left : ref right;
        ref var larger = ref left.Sums.Count < right.Sums.Count ? ref right : ref left;
        smaller.Histogram = _histograms.Rent();
        larger.Histogram = parent;
        if (larger.Sums.Count < 2 * _options.MinEventsPerLeaf)
        {
            return; // neither child is split
        }

        var bins = _histograms[smaller.Histogram];
        Histogram.Build(bins, _planes!, _derivatives, _rows.Pointer + smaller.Start, smaller.Sums.Count, _units.CountShift);
        Histogram.Subtract(_histograms[parent], bins, _binCounts.Length);
    }

    private void CloseAll()
    {
        for (var i = 0; i < _openCount; i++)
        {
            Close(_open[i]);
        }

        _openCount = 0;
    }

    /// <summary>A leaf while the tree grows: its rows are Sums.Count row numbers from Start.</summary>
    private struct Leaf
    {
        public NodeSums Sums;
        public Split Split;
        public int Start;
        public int Histogram;
        public int Parent;
        public bool IsLeft;
    }
}
