using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Learning.Boosting;
using Sideband.Numerics;
using Sideband.Search.Settings;

namespace Sideband.Validation;

/// <summary>
/// The classifiers of one training: each fold's is trained on the window's data of the other folds against a template that is not folded,
/// and has its own thresholds.
/// </summary>
internal sealed class FoldedClassifiers
{
    public const int Folds = 5;

    private readonly TreeEnsemble[] _ensembles;
    private readonly ScoreDistribution[] _thresholds;

    private FoldedClassifiers(TreeEnsemble[] ensembles, ScoreDistribution[] thresholds) =>
        (_ensembles, _thresholds) = (ensembles, thresholds);

    /// <param name="region">[feature][event] the window's data.</param>
    /// <param name="foldOf">Their folds.</param>
    /// <param name="template">[feature][event] what they are compared with.</param>
    /// <param name="thresholds">[feature][event] further events of its kind.</param>
    /// <param name="members">Of each ensemble.</param>
    /// <param name="threads">Never change the result.</param>
    /// <param name="stream">Random streams by name.</param>
    /// <exception cref="InputDataException">A training failed.</exception>
    public static FoldedClassifiers Train(
        float[][] region,
        byte[] foldOf,
        float[][] template,
        float[][] thresholds,
        int members,
        int threads,
        Func<string, RandomStream> stream)
    {
        float[][] columns = [.. region.Zip(template, (column, drawn) => (float[])[.. column, .. drawn])];
        var labels = new byte[columns[0].Length];
        labels.AsSpan(0, foldOf.Length).Fill(1);
        var sorted = SortedColumns.Of(columns, threads);
        var ensembles = new TreeEnsemble[Folds];
        var distributions = new ScoreDistribution[Folds];
        for (var fold = 0; fold < Folds; fold++)
        {
            ensembles[fold] = EnsembleTrainer.Fit(
                sorted,
                [.. Enumerable.Range(0, labels.Length).Where(row => row >= foldOf.Length || foldOf[row] != fold)],
                labels,
                [],
                members,
                SearchProfile.Standard.Boosting,
                member => stream(FormattableString.Invariant($"fold {fold + 1} member {member + 1}")),
                threads,
                CancellationToken.None);
            if (!ensembles[fold].Succeeded)
            {
                throw new InputDataException($"fold {fold + 1}: {ensembles[fold].Failures[0]}");
            }

            var scores = new float[thresholds[0].Length];
            ensembles[fold].Score(thresholds, scores);
            distributions[fold] = new ScoreDistribution(scores);
        }

        return new FoldedClassifiers(ensembles, distributions);
    }

    /// <summary>[efficiency][event]: whether an event passes the threshold of its own fold.</summary>
    /// <param name="features">[feature][event].</param>
    /// <param name="usable">Events with an image; the others never pass.</param>
    /// <param name="foldOf">One an event.</param>
    /// <param name="efficiencies">Of the template.</param>
    public bool[][] Passing(float[][] features, int[] usable, byte[] foldOf, IReadOnlyList<double> efficiencies)
    {
        bool[][] passing = [.. efficiencies.Select(_ => new bool[foldOf.Length])];
        for (var fold = 0; fold < Folds; fold++)
        {
            int[] rows = [.. usable.Where(row => foldOf[row] == fold)];
            var scores = new float[rows.Length];
            _ensembles[fold].Score(features, rows, scores);
            for (var e = 0; e < efficiencies.Count; e++)
            {
                var threshold = Threshold.At(efficiencies[e], _thresholds[fold]).Score;
                for (var i = 0; i < rows.Length; i++)
                {
                    passing[e][rows[i]] = scores[i] >= threshold;
                }
            }
        }

        return passing;
    }

    /// <summary>Mean score over the folds, for events that no fold was trained on.</summary>
    public float[] MeanScores(float[][] features)
    {
        var (mean, scores) = (new float[features[0].Length], new float[features[0].Length]);
        foreach (var ensemble in _ensembles)
        {
            ensemble.Score(features, scores);
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += scores[i] / Folds;
            }
        }

        return mean;
    }
}
