using Sideband.Inference.Counting;

namespace Sideband.Inference.Limits;

/// <summary>All redraws at one strength.</summary>
/// <param name="Strength">s: expected signal events before any cut, over all masses.</param>
/// <param name="Draws">Those that succeeded.</param>
/// <param name="Failed">Number of redraws that did not.</param>
/// <param name="Reason">Why the first of them did not; null where all did.</param>
public sealed record InjectionStrength(double Strength, IReadOnlyList<InjectionDraw> Draws, int Failed, string? Reason)
{
    /// <summary>True where fewer than all redraws succeeded: shown beside every limit, never replaced by a neighbour.</summary>
    public bool IsMarked => Failed > 0;

    /// <param name="strength">s, at least 0.</param>
    /// <param name="draws">All redraws, failed ones included, at least one.</param>
    public static InjectionStrength Of(double strength, IReadOnlyList<InjectionDraw> draws)
    {
        ArgumentOutOfRangeException.ThrowIfZero(draws.Count);
        InjectionDraw[] good = [.. draws.Where(draw => draw.Failure is null)];
        return new InjectionStrength(
            strength,
            good,
            draws.Count - good.Length,
            draws.FirstOrDefault(draw => draw.Failure is not null)?.Failure);
    }

    /// <summary>Mean of y/s over the redraws: the selection's efficiency for this much signal; undefined at s = 0 or without any.</summary>
    public Measured Efficiency => Strength <= 0
        ? Measured.Undefined("no signal was injected")
        : Draws.Count == 0 ? Measured.Undefined(NoDraws)
        : RunStatistics.Of([.. Draws.Select(draw => draw.SignalPassing)]).Mean.Select(mean => mean / Strength);

    internal string NoDraws => Reason is null
        ? FormattableString.Invariant($"no other redraw at strength {Strength:G6} than the one that stands for the data")
        : FormattableString.Invariant($"no training succeeded at strength {Strength:G6}: {Reason}");

    internal InjectionStrength Without(int draw) => this with { Draws = [.. Draws.Where((_, i) => i != draw)] };
}
