using Sideband.Learning.Boosting;
using Sideband.Learning.Classifiers;

namespace Sideband.Templates.Scoring;

/// <summary>The mean score of an ensemble of trees, or of networks, each the mean of its best epochs.</summary>
public sealed class ClassifierScorer : IScorer
{
    /// <summary>Networks that can be saved: their number is one byte.</summary>
    public const int MostNetworks = byte.MaxValue;

    private readonly TreeEnsemble? _trees;
    private readonly IReadOnlyList<NetworkClassifier> _networks = [];

    public ClassifierScorer(TreeEnsemble trees) => _trees = trees;

    public ClassifierScorer(IReadOnlyList<NetworkClassifier> networks) => _networks = networks;

    /// <exception cref="InvalidDataException">Not what <see cref="Save"/> wrote.</exception>
    public static ClassifierScorer Load(Stream stream)
    {
        var networks = stream.ReadByte();
        return networks switch
        {
            0 => new ClassifierScorer(TreeEnsemble.Load(stream)),
            > 0 => new ClassifierScorer([.. Enumerable.Range(0, networks).Select(_ => NetworkClassifier.Load(stream))]),
            _ => throw new InvalidDataException("a saved classifier ends too early"),
        };
    }

    /// <summary>The number of networks, 0 for trees, and each classifier behind the other.</summary>
    public void Save(Stream stream)
    {
        stream.WriteByte(checked((byte)_networks.Count));
        _trees?.Save(stream);
        foreach (var network in _networks)
        {
            network.Save(stream);
        }
    }

    public ScoredRows Score(ScoredView view, int[] rows)
    {
        var scores = _trees is null ? OfNetworks(view.Columns, rows) : OfTrees(_trees, view.Columns, rows);
        var undefined = new List<int>();
        var first = view.Columns[0];
        for (var i = 0; view.IsMapped && i < rows.Length; i++)
        {
            if (float.IsNaN(first.Span[rows[i]]))
            {
                scores[i] = 0;
                undefined.Add(i);
            }
        }

        return new ScoredRows(scores, [.. undefined]);
    }

    private static float[] OfTrees(TreeEnsemble trees, IReadOnlyList<ReadOnlyMemory<float>> columns, int[] rows)
    {
        var scores = new float[rows.Length];
        trees.Score(columns, rows, scores);
        return scores;
    }

    private float[] OfNetworks(IReadOnlyList<ReadOnlyMemory<float>> columns, int[] rows)
    {
        float[][] chosen = [.. columns.Select(column => Array.ConvertAll(rows, row => column.Span[row]))];
        var sums = new double[rows.Length];
        foreach (var member in _networks)
        {
            var scores = member.Score(chosen);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += scores[i];
            }
        }

        return Array.ConvertAll(sums, sum => (float)(sum / _networks.Count));
    }
}
