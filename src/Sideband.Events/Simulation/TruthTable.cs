namespace Sideband.Events.Simulation;

/// <summary>What is known exactly about simulated events: named columns, one entry an event, in the order of the events.</summary>
/// <param name="Names">One name a column.</param>
/// <param name="Columns">[column][event], double precision, natural logarithms.</param>
public sealed record TruthTable(IReadOnlyList<string> Names, IReadOnlyList<double[]> Columns)
{
    /// <summary>
    /// The densities of dijet events and their ratio, the best that any method can know:
    /// <c>log_p_background</c> = ln p_b(m, x), <c>log_p_signal</c> = ln p_s(m, x), <c>log_likelihood_ratio</c> = their difference,
    /// signal over background, and <c>log_likelihood_ratio_given_mass</c> = ln p_s(x | m) / p_b(x | m), which knows no mass peak.
    /// x are the features that the table has.
    /// </summary>
    /// <exception cref="ConfigurationException">The table has features that are not simulated.</exception>
    public static TruthTable OfDijets(EventTable events, DijetBackground background)
    {
        var (b, s) = (DijetDensity.Background(background).Marginal(events.FeatureNames), DijetDensity.Signal.Marginal(events.FeatureNames));
        var columns = new double[4][];
        for (var c = 0; c < columns.Length; c++)
        {
            columns[c] = new double[events.Count];
        }

        var x = new double[events.FeatureNames.Count];
        for (var i = 0; i < events.Count; i++)
        {
            for (var j = 0; j < x.Length; j++)
            {
                x[j] = events.Feature(j)[i];
            }

            var mass = events.Mass[i];
            var (conditionalB, conditionalS) = (b.LogConditional(mass, x), s.LogConditional(mass, x));
            columns[0][i] = b.LogMass(mass) + conditionalB;
            columns[1][i] = s.LogMass(mass) + conditionalS;
            columns[2][i] = columns[1][i] - columns[0][i];
            columns[3][i] = conditionalS - conditionalB;
        }

        return new TruthTable(
            ["log_p_background", "log_p_signal", "log_likelihood_ratio", "log_likelihood_ratio_given_mass"], columns);
    }
}
