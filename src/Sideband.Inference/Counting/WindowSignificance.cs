using Sideband.Numerics;

namespace Sideband.Inference.Counting;

/// <summary>
/// What a search says about one window at one working point: counts, expectation, errors and signed significance of every run,
/// and their mean and standard deviation over the runs (arXiv:2411.00085, section 4).
/// </summary>
/// <param name="Window">The window.</param>
/// <param name="BackgroundEfficiency">eps_B that was asked for.</param>
/// <param name="EffectiveEfficiency">Effective eps_B over the runs.</param>
/// <param name="Flags">Union over the runs.</param>
/// <param name="Observed">N_obs; where no run separates, what its cut selects, for display.</param>
/// <param name="Expected">N_exp; undefined for a run of which a fold does not separate.</param>
/// <param name="TemplatePassing">N_BT,pass, the sum of weights for weighted templates.</param>
/// <param name="Shift">delta_sys.</param>
/// <param name="SigmaSystematic">sigma_sys.</param>
/// <param name="SigmaStat">sigma_stat, mean over runs.</param>
/// <param name="SigmaExp">sigma_exp, mean over runs.</param>
/// <param name="Significance">S, signed; undefined for a run of which a fold does not separate (<see cref="FoldCount.Unusable"/>).</param>
/// <param name="LocalPValue">Upper normal tail of the mean S; asymptotic, not calibrated: scores within a fold are not independent.</param>
public sealed record WindowSignificance(
    Window Window,
    double BackgroundEfficiency,
    RunStatistics EffectiveEfficiency,
    CountFlags Flags,
    RunStatistics Observed,
    RunStatistics Expected,
    RunStatistics TemplatePassing,
    Measured Shift,
    Measured SigmaSystematic,
    Measured SigmaStat,
    Measured SigmaExp,
    RunStatistics Significance,
    Measured LocalPValue)
{
    /// <summary>From the counts of every run; a run that failed is undefined in every quantity, with its reason.</summary>
    /// <param name="window">The window.</param>
    /// <param name="runs">Counts of each run at one working point, at least one run.</param>
    /// <param name="shift">delta_sys at this working point.</param>
    /// <param name="rule">How sigma_sys follows from it.</param>
    public static WindowSignificance Of(Window window, IReadOnlyList<WindowCount> runs, SystematicShift shift, SigmaSystematicRule rule)
    {
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count);
        var sigma = rule.Apply(shift);
        var backgrounds = runs.Select(run => ExpectedBackground.Of(run, shift.Mean, sigma)).ToList();
        var significance = RunStatistics.Of(
            [.. runs.Zip(backgrounds, (run, background) => run.Observed.Then(background.SignificanceOf))]);

        // A mean of runs that separate and of others would be compared with the N_exp of the former alone.
        var counted = runs.Any(run => run.Observed.IsDefined);
        return new WindowSignificance(
            window,
            runs[0].BackgroundEfficiency,
            RunStatistics.Of([.. runs.Select(run => run.EffectiveEfficiency)]),
            runs.Aggregate(CountFlags.None, (flags, run) => flags | run.Flags),
            RunStatistics.Of([.. runs.Select(run => counted ? run.Observed : run.Selected)]),
            RunStatistics.Of([.. backgrounds.Select(background => background.Expected)]),
            RunStatistics.Of([.. runs.Select(run => run.TemplatePassing)]),
            shift.Mean,
            sigma,
            RunStatistics.Of([.. backgrounds.Select(background => background.SigmaStat)]).Mean,
            RunStatistics.Of([.. backgrounds.Select(background => background.SigmaExp)]).Mean,
            significance,
            significance.Mean.Select(NormalDistribution.PValue));
    }

    /// <summary>
    /// Smallest whole N_obs for a significance, mean over the runs, rounded up: what a blinded search may say. Undefined where N_exp is.
    /// </summary>
    /// <param name="runs">Counts of each run; their N_obs is not looked at.</param>
    /// <param name="shift">delta_sys at this working point.</param>
    /// <param name="rule">How sigma_sys follows from it.</param>
    /// <param name="target">Significance to reach, usually 3 or 5.</param>
    public static Measured RequiredObserved(IReadOnlyList<WindowCount> runs, SystematicShift shift, SigmaSystematicRule rule, double target)
    {
        var sigma = rule.Apply(shift);
        return RunStatistics.Of([.. runs.Select(run => ExpectedBackground.Of(run, shift.Mean, sigma).RequiredObserved(target))])
            .Mean.Select(Math.Ceiling);
    }
}
