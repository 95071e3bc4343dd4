using Sideband.Events;
using Sideband.Inference.BumpHunt;

namespace Sideband.Search.Fits;

/// <summary>What <c>sideband fit</c> is asked for. Masses are in the unit of the mass column.</summary>
public sealed record FitOptions
{
    /// <summary>
    /// Fewer toys than this and more than 0 could not show that a fit is poor (p below 0.01): their smallest p-value is 1/(toys + 1).
    /// </summary>
    public const int FewestToys = 100;

    /// <summary>
    /// Background events in the window, in the mean over runs, below which toys stand beside asymptotic p-values and limits. With 13 events
    /// the asymptotic Z of background is still standard normal (width 1.05), with 4 it is not (1.08, mean 0.1).
    /// </summary>
    internal const double FewEvents = 10;

    /// <summary>How results call scores of events at their own mass.</summary>
    internal const string OwnMass = "event";

    // A p-value needs more toys than a mean: with the default 4000. A limit throws them at some strengths: with the default 800 with and
    // 800 without signal know CLs = 0.05 to 16 %, which is 0.07 of the error on S, and a thirtieth of the limit.
    private const int PValueToysPerToy = 10, LimitToysPerToy = 2;

    /// <summary>Energy of the collisions, above every mass; default 13 where the mass is mjj in TeV, else it must be given.</summary>
    public required double SqrtS { get; init; }

    /// <summary>Range of the fits, above the turn-on; null: from the data (<see cref="FitRange.Default"/>).</summary>
    public MassInterval? Range { get; init; }

    /// <summary>Signal masses between the windows' centres that are looked at, too; default none.</summary>
    public IReadOnlyList<double> Masses { get; init; } = [];

    /// <summary>Simulated signal that the shape is taken from; null: S is the excess in the window.</summary>
    public EventTable? Signal { get; init; }

    /// <summary>
    /// Toys of each goodness of fit and of each alternative of the bias test; where fewer than 10 background events are expected in the
    /// window ten times as many for a p-value, and twice as many at each strength of a limit. 0 for none of these, else at least
    /// <see cref="FewestToys"/>. Default 400: fractions to 0.05.
    /// </summary>
    public int Toys { get; init; } = 400;

    /// <summary>
    /// Parameters that the function has at least; 2 to 5, default 5. 2: as many as the F-test asks for, and a biased Z (docs/bump-hunt.md).
    /// </summary>
    public int FewestParameters { get; init; } = SpectrumFunction.MostParameters;

    /// <summary>True: scores of events at the window's centre in place of their own mass (methods that can map events to a mass).</summary>
    public bool AtReferenceMass { get; init; }

    /// <summary>How the score is called in results.</summary>
    public string Score => AtReferenceMass ? "reference" : OwnMass;

    /// <summary>Toys of a p-value.</summary>
    internal int PValueToys => PValueToysPerToy * Toys;

    /// <param name="range">The masses that are fitted.</param>
    /// <param name="few">Few events are expected in the window: p-values and limits by toys, too.</param>
    internal BumpHuntSettings Settings(MassInterval range, bool few) => WithoutToys(range) with
    {
        GoodnessToys = Toys,
        BiasToys = Toys,
        DiscoveryToys = few ? PValueToys : 0,
        LimitToys = few ? LimitToysPerToy * Toys : 0,
    };

    /// <summary>The same for fits of which nothing but Z is wanted.</summary>
    internal BumpHuntSettings WithoutToys(MassInterval range) => new(SqrtS, new MassRange(range.Low, range.High))
    {
        FewestParameters = FewestParameters,
        GoodnessToys = 0,
        BiasToys = 0,
    };
}
