using System.Text;
using Sideband.Templates.Scoring;

namespace Sideband.Templates.Combined;

/// <summary>
/// The mean z of the sources' standardised scores (s - mean)/deviation, as (1 + z/(1 + |z|))/2: in [0, 1], and rising with z.
/// </summary>
/// <param name="sources">In the order of the views' parts.</param>
internal sealed class CombinedScorer(IReadOnlyList<ScaledScorer> sources) : IScorer
{
    public static CombinedScorer Load(Stream stream, IReadOnlyList<Func<Stream, IScorer>> sources)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        return new CombinedScorer([.. sources.Select(load =>
        {
            var (mean, deviation) = (reader.ReadDouble(), reader.ReadDouble());
            using var saved = new MemoryStream(reader.ReadBytes(reader.ReadInt32()), writable: false);
            return new ScaledScorer(load(saved), mean, deviation);
        })]);
    }

    /// <summary>An event that one source has no score of has none.</summary>
    public ScoredRows Score(ScoredView view, int[] rows)
    {
        var (sums, undefined) = (new double[rows.Length], new SortedSet<int>());
        for (var s = 0; s < sources.Count; s++)
        {
            var (scores, without) = sources[s].Scorer.Score(view.Parts[s].Value, rows);
            undefined.UnionWith(without);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += (scores[i] - sources[s].Mean) / sources[s].Deviation;
            }
        }

        var combined = Array.ConvertAll(sums, sum => sum / sources.Count is var z ? (float)(0.5 * (1 + (z / (1 + Math.Abs(z))))) : 0);
        foreach (var i in undefined)
        {
            combined[i] = 0;
        }

        return new ScoredRows(combined, [.. undefined]);
    }

    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        foreach (var (scorer, mean, deviation) in sources)
        {
            using var saved = new MemoryStream();
            scorer.Save(saved);
            writer.Write(mean);
            writer.Write(deviation);
            writer.Write((int)saved.Length);
            writer.Write(saved.ToArray());
        }
    }
}
