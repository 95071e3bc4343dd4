namespace Sideband.Templates.Scoring;

/// <summary>What a fold learned: gives any event a score. Safe for several threads at once.</summary>
public interface IScorer
{
    /// <summary>Scores in [0, 1], higher for class 1.</summary>
    /// <param name="view">The events.</param>
    /// <param name="rows">Those to score.</param>
    ScoredRows Score(ScoredView view, int[] rows);

    /// <summary>Writes all that is needed to score with the same bits again.</summary>
    void Save(Stream stream);
}

/// <summary>Scores of some rows.</summary>
/// <param name="Scores">One a row.</param>
/// <param name="Undefined">Places, in the list of rows, of those without a score: theirs is 0, and they never pass.</param>
public readonly record struct ScoredRows(float[] Scores, int[] Undefined)
{
    /// <summary>Whether each passes a cut: its score is at least R_c, and it has one.</summary>
    public bool[] Passing(float threshold)
    {
        var passing = Array.ConvertAll(Scores, score => score >= threshold);
        foreach (var i in Undefined)
        {
            passing[i] = false;
        }

        return passing;
    }

    /// <summary>The scores, with what is below every cut in the place of those that are undefined.</summary>
    public float[] ForCuts()
    {
        var scores = Scores.ToArray();
        foreach (var i in Undefined)
        {
            scores[i] = -1;
        }

        return scores;
    }
}
