using System.Globalization;
using Sideband.Inference.Counting;
using Sideband.Numerics;

namespace Sideband.Inference.Calibration;

/// <summary>
/// Signed significances of experiments. Permuted data have no systematic shift, observed data may have one; dividing both by the same
/// sigma_sys would cancel it. So the shift is drawn into the permuted count, N_perm (1 + delta_sys)(1 + sigma_sys g) with one standard
/// normal g an experiment and working point, and both are compared with N_exp = eps_B N_SR (1 + delta_sys) and its error.
/// Pseudo-experiments went through the whole chain: their template errs as templates do, so delta_sys is in their counts. How far the
/// data's shift may lie from it, sigma_sys, is not, as all of them have the shift of one source of events: their count is
/// N (1 + sigma_sys g).
/// </summary>
public static class PermutedSignificance
{
    /// <summary>S of one permuted count.</summary>
    /// <param name="count">Counts of the permuted data, which have no shift.</param>
    /// <param name="term">delta_sys and sigma_sys of the search.</param>
    /// <param name="gaussian">g, with 1 + sigma_sys g of at least 0.</param>
    public static Measured Of(WindowCount count, SystematicTerm term, double gaussian) =>
        term.Shift.Then(shift => Drawn(count, term, 1 + shift, gaussian));

    /// <summary>S of permuted experiments, the shift drawn in; their upper tail is the observed S's null.</summary>
    /// <param name="experiments">[experiment][window][working point] of one run; runs of the same seed share their draws.</param>
    /// <param name="terms">One a working point.</param>
    /// <param name="seed">Of the draws; each experiment has its own stream, so that adding experiments changes none.</param>
    /// <param name="first">Number of the first experiment of the table, where it holds some of them only.</param>
    public static Measured[][][] Of(WindowCount[][][] experiments, IReadOnlyList<SystematicTerm> terms, ulong seed, int first = 0) =>
        Table(experiments, terms, seed, first, Of);

    /// <summary>S of experiments that went through the whole chain: delta_sys is in their counts, and sigma_sys is drawn in.</summary>
    /// <inheritdoc cref="Of(WindowCount[][][], IReadOnlyList{SystematicTerm}, ulong, int)"/>
    public static Measured[][][] OfWholeChain(
        WindowCount[][][] experiments, IReadOnlyList<SystematicTerm> terms, ulong seed, int first = 0) =>
        Table(experiments, terms, seed, first, (count, term, gaussian) => Drawn(count, term, 1, gaussian));

    /// <summary>
    /// S of experiments as they are: nothing is drawn in. With <see cref="SystematicTerm.None"/> these are the statistical z of
    /// <see cref="VarianceInflation"/>.
    /// </summary>
    /// <param name="experiments">[experiment][window][working point] of one run.</param>
    /// <param name="terms">One a working point.</param>
    public static Measured[][][] WithoutDraws(WindowCount[][][] experiments, IReadOnlyList<SystematicTerm> terms) =>
        [.. experiments.Select(experiment => ExperimentTable.Cells(experiment, (w, p) =>
            experiment[w][p].Observed.Then(ExpectedBackground.Of(experiment[w][p], terms[p].Shift, terms[p].Sigma).SignificanceOf)))];

    private static Measured[][][] Table(
        WindowCount[][][] experiments,
        IReadOnlyList<SystematicTerm> terms,
        ulong seed,
        int first,
        Func<WindowCount, SystematicTerm, double, Measured> significance) =>
        [.. experiments.Select((experiment, e) => ExperimentTable.Cells(experiment, (w, p) => significance(
            experiment[w][p], terms[p], Draw(seed, first + e, experiment[w][p].BackgroundEfficiency, terms[p].Sigma))))];

    private static Measured Drawn(WindowCount count, SystematicTerm term, double factor, double gaussian)
    {
        var background = ExpectedBackground.Of(count, term.Shift, term.Sigma);
        return term.Sigma.Then(sigma => count.Observed.Then(observed =>
            background.SignificanceOf(observed * factor * (1 + (sigma * gaussian)))));
    }

    /// <summary>g, truncated to 1 + sigma g &gt; 0: no count is negative.</summary>
    private static double Draw(ulong seed, int experiment, double efficiency, Measured sigma)
    {
        var stream = RandomStream.For(
            seed,
            "systematic shift",
            string.Create(CultureInfo.InvariantCulture, $"experiment {experiment}"),
            string.Create(CultureInfo.InvariantCulture, $"working point {efficiency:R}"));
        double g;
        do
        {
            g = stream.NextGaussian();
        }
        while (1 + (sigma.Value * g) <= 0);
        return g;
    }
}
