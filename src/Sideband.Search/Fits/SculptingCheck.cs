using Sideband.Inference.Metrics;
using Sideband.Numerics;
using Sideband.Search.Results;

namespace Sideband.Search.Fits;

/// <summary>
/// Does a cut change the shape of the mass spectrum of background (LaCATHODE, arXiv:2210.14924, section IV)? chi2 per degree of freedom in
/// 300 bins of equal content, inside the range of the fit, against random subsets of the same size.
/// </summary>
/// <param name="sample">Where the background comes from: "labels" or "mc".</param>
/// <param name="masses">Of all its events in the range.</param>
/// <param name="seed">The search's.</param>
internal sealed class SculptingCheck(string sample, double[] masses, ulong seed)
{
    /// <summary>A score sculpts where its chi2 is above that of every one of so many random subsets.</summary>
    public const int RandomSubsets = 1000;

    // Below it the bins of equal content hold too few events to have equal content.
    private const int FewestEventsPerBin = 10;

    private readonly Sculpting? _sculpting =
        masses.Length >= FewestEventsPerBin * Sculpting.PaperBins ? new Sculpting(masses) : null;

    /// <summary>Of one cut.</summary>
    /// <param name="passes">One a mass.</param>
    /// <param name="names">Path of the random stream.</param>
    public SculptingResult Of(bool[] passes, params IReadOnlyList<string> names)
    {
        if (_sculpting is null)
        {
            return NotChecked(
                sample,
                masses.Length,
                $"{masses.Length} background events in the range of the fit; "
                + $"at least {FewestEventsPerBin * Sculpting.PaperBins} are needed");
        }

        var selected = passes.Count(pass => pass);
        if (_sculpting.Of(passes) is not { Value: { } value } measured)
        {
            return NotChecked(sample, masses.Length, _sculpting.Of(passes).Reason!);
        }

        var band = _sculpting.OfRandomSubsets(selected, RandomSubsets, RandomStream.For(seed, ["fit", "sculpting", .. names]));
        return new SculptingResult(
            sample,
            masses.Length,
            selected,
            measured.Value,
            PercentileBand.Percentile(band, PercentileBand.LowPercentile),
            PercentileBand.Percentile(band, PercentileBand.HighPercentile),
            band[^1],
            value > band[^1],
            null);
    }

    public static SculptingResult NotChecked(string? sample, int events, string reason) =>
        new(sample, events, null, null, null, null, null, null, reason);
}
