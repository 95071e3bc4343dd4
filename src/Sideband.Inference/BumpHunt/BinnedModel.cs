using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>
/// Extended binned Poisson likelihood of a spectrum: mu_i = b_i + T s_i, b_i the integral of exp(c + t w(m)) over bin i (w: the whitened
/// terms of a function), s_i the signal's fractions. Holds the quadrature points; immutable, one serves thousands of toys.
/// </summary>
/// <remarks>
/// Without signal and with narrow bins the likelihood is nearly convex, and so is the profile over (c, t) at every T. Newton's method with
/// the observed Hessian where that is positive definite and the expected one elsewhere, step halving, and steps that keep mu_i above 0.
/// Nothing in the likelihood of a bin without events keeps b_i + T s_i above 0 for negative T: such bins count 1e-6 events in ln mu_i,
/// which puts T at the edge of what is allowed; the deviance does not contain it.
/// </remarks>
public sealed class BinnedModel
{
    private readonly WhitenedBasis? _basis;

    /// <param name="function">Background's function.</param>
    /// <param name="bins">Bins, which may leave gaps.</param>
    /// <param name="sqrtS">sqrt(s), above all bins, in the unit of the masses.</param>
    /// <param name="signal">Fraction of the signal in every bin, at least 0; null for a model without a signal.</param>
    public BinnedModel(SpectrumFunction function, MassBins bins, double sqrtS, IReadOnlyList<double>? signal = null)
    {
        (Function, Bins, Signal) = (function, bins, signal?.ToArray());
        Failure = SpectrumSums.RangeFailure([bins.Span], sqrtS);
        if (Signal is not null)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(Signal.Length, bins.Count, nameof(signal));
            Failure ??= Signal.All(s => double.IsFinite(s) && s >= 0) && Signal.Any(s => s > 0)
                ? null
                : "the signal has no events in the range of the fit, or a fraction that is negative or not finite";
        }

        if (Failure is not null)
        {
            return;
        }

        var points = new List<(double X, double Weight)>();
        FirstNode = new int[bins.Count + 1];
        for (var bin = 0; bin < bins.Count; bin++)
        {
            var (low, high) = bins[bin];
            var rule = GaussLegendre.Of(MassBins.PointsFor(low, high));
            points.AddRange(Enumerable.Range(0, rule.Points).Select(i => rule.At(i, low, high)));
            FirstNode[bin + 1] = points.Count;
        }

        double[] masses = [.. points.Select(point => point.X)];
        Weights = [.. points.Select(point => point.Weight)];
        _basis = new WhitenedBasis(function, masses, Weights, sqrtS);
        Nodes = new double[masses.Length * Shape];
        for (var i = 0; i < masses.Length; i++)
        {
            _basis.At(masses[i], Nodes.AsSpan(i * Shape, Shape));
        }

        Failure = _basis.Failure;
    }

    public SpectrumFunction Function { get; }

    public MassBins Bins { get; }

    /// <summary>Why the model cannot be fitted to any counts; null where it can.</summary>
    public string? Failure { get; }

    /// <summary>True where the model has a signal.</summary>
    public bool HasSignal => Signal is not null;

    /// <summary>Signal's fraction in every bin.</summary>
    internal double[]? Signal { get; }

    /// <summary>
    /// Weight of every quadrature point, and its whitened terms (points x shape parameters); bin i has the points FirstNode[i] to
    /// FirstNode[i + 1].
    /// </summary>
    internal double[] Weights { get; } = [];

    internal double[] Nodes { get; } = [];

    internal int[] FirstNode { get; } = [];

    internal WhitenedBasis Basis => _basis!;

    private int Shape => Function.Parameters;

    /// <summary>Fits without a signal.</summary>
    /// <param name="counts">Events of every bin, at least 0, whole or not.</param>
    /// <param name="start">A fit to start from, of a model with the same function and bins.</param>
    public BinnedFit Fit(ReadOnlySpan<double> counts, BinnedFit? start = null) => Fit(counts, SignalConstraint.Held(0), start);

    /// <summary>Fits with the signal free, held or constrained.</summary>
    /// <param name="counts">Events of every bin, at least 0, whole or not.</param>
    /// <param name="constraint">What T may do; anything but held at 0 needs a model with a signal.</param>
    /// <param name="start">A fit to start from, of a model with the same function and bins.</param>
    public BinnedFit Fit(ReadOnlySpan<double> counts, SignalConstraint constraint, BinnedFit? start = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(counts.Length, Bins.Count, nameof(counts));
        ArgumentOutOfRangeException.ThrowIfNegative(constraint.Sigma, nameof(constraint));
        if (!HasSignal && constraint != SignalConstraint.Held(0))
        {
            throw new ArgumentException("A model without a signal cannot fit one.", nameof(constraint));
        }

        return (Failure ?? CountFailure(counts)) is { } reason
            ? Failed(FitStatus.Failed(reason))
            : new BinnedNewton(this, counts.ToArray(), constraint, start).Run();
    }

    private string? CountFailure(ReadOnlySpan<double> counts)
    {
        var (filled, sum) = (0, 0.0);
        foreach (var count in counts)
        {
            if (!(double.IsFinite(count) && count >= 0))
            {
                return FormattableString.Invariant($"a bin holds {count} events");
            }

            filled += count > 0 ? 1 : 0;
            sum += count;
        }

        return sum == 0 ? "no event in the range of the fit"
            : filled <= Shape ? $"only {filled} bins hold events: too few for {Shape} parameters and a normalisation"
            : null;
    }

    internal static BinnedFit Failed(FitStatus status) => new(status, [], 0, [], [], [], []);
}
