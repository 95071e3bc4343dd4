namespace Sideband.Learning.Boosting;

/// <summary>
/// A trained member of an ensemble and the bins of its training half, in which its trees speak. A feature that it did not draw
/// (<see cref="BoostingOptions.FeaturesPerMember"/>) has one bin.
/// </summary>
public sealed record EnsembleMember(TrainingResult Training, FeatureBinning Binning)
{
    /// <summary>The features at which its trees split, ascending; scores of no other feature's values depend on it.</summary>
    public int[] UsedFeatures()
    {
        var used = new bool[Binning.FeatureCount];
        foreach (var tree in Training.Trees)
        {
            foreach (var node in tree.Nodes)
            {
                used[node.Feature] = true;
            }
        }

        return [.. Enumerable.Range(0, used.Length).Where(feature => used[feature])];
    }

    /// <summary>A member that was trained on some of the features, in the numbers of all of them.</summary>
    /// <param name="features">Number of each feature that it was trained on.</param>
    /// <param name="count">How many there are.</param>
    internal EnsembleMember Among(int[] features, int count)
    {
        var edges = new double[count][];
        Array.Fill(edges, []);
        for (var f = 0; f < features.Length; f++)
        {
            edges[features[f]] = Binning.Edges(f).ToArray();
        }

        Tree Renumbered(Tree tree)
        {
            var nodes = tree.Nodes.ToArray();
            for (var n = 0; n < nodes.Length; n++)
            {
                nodes[n] = nodes[n] with { Feature = features[nodes[n].Feature] };
            }

            return new Tree(nodes, tree.Leaves.ToArray());
        }

        return new EnsembleMember(
            Training with { Trees = [.. Training.Trees.Select(Renumbered)] }, FeatureBinning.Of(edges, Binning.MaxBins));
    }
}
