namespace Sideband.Inference.BumpHunt;

/// <summary>Settings of an enhanced bump hunt. Masses, sqrt(s) and range are in one unit, whichever it is.</summary>
/// <param name="SqrtS">Energy of the collisions, above the range's high edge (LHC Olympics: 13 TeV).</param>
/// <param name="Range">Range of the fit. It begins above the turn-on, which no function here describes.</param>
public sealed record BumpHuntSettings(double SqrtS, MassRange Range)
{
    /// <summary>
    /// Parameters that the dijet function has at least, whatever the F-test asks for; 2 to 5, default 5. A parameter that the sidebands
    /// cannot yet show (chi2 2 above its degrees of freedom) already moves the window by its own error on S, so that a function chosen by
    /// the F-test alone (2) has Z off by up to -0.6; the fifth parameter costs a fifth of the error on S.
    /// </summary>
    public int FewestParameters { get; init; } = SpectrumFunction.MostParameters;

    /// <summary>Parameters that it has at most; at least the fewest, at most 5, default 5.</summary>
    public int MostParameters { get; init; } = SpectrumFunction.MostParameters;

    /// <summary>One more parameter is taken while the F-test's p-value is below this; in (0, 1), default 0.05.</summary>
    public double FTestLevel { get; init; } = 0.05;

    /// <summary>Events that bins are merged to for chi2; at least 1, default 5.</summary>
    public double MinimumBinEvents { get; init; } = 5;

    /// <summary>Bins of the window; the sidebands have bins of about the same width. 1 to 1000, default 20.</summary>
    public int BinsPerWindow { get; init; } = 20;

    /// <summary>Toys for the goodness of fit; 0 for none, default 200 (p-values to 0.035).</summary>
    public int GoodnessToys { get; init; } = 200;

    /// <summary>Toys for each alternative of the bias test; 0 for no bias test, default 400 (fractions to 0.05).</summary>
    public int BiasToys { get; init; } = 400;

    /// <summary>
    /// Largest spurious signal, as a fraction of the error on S, that does not become an error itself; above 0, default 0.2.
    /// </summary>
    public double BiasLimit { get; init; } = 0.2;

    /// <summary>Confidence of the upper limits; in (0, 1), default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Toys for the local p-value; 0 for the asymptotic one alone, default 0.</summary>
    public int DiscoveryToys { get; init; }

    /// <summary>Toys, at every strength, for the upper limit by toys; 0 for the asymptotic one alone, default 0.</summary>
    public int LimitToys { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">
    /// A setting is out of the range given above; sqrt(s) and range are judged with the data.
    /// </exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(FewestParameters, SpectrumFunction.FewestParameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(MostParameters, FewestParameters);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MostParameters, SpectrumFunction.MostParameters);
        Fraction(FTestLevel, nameof(FTestLevel));
        Fraction(Confidence, nameof(Confidence));
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumBinEvents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BinsPerWindow, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BinsPerWindow, 1000);
        ArgumentOutOfRangeException.ThrowIfNegative(GoodnessToys);
        ArgumentOutOfRangeException.ThrowIfNegative(BiasToys);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BiasLimit);
        ArgumentOutOfRangeException.ThrowIfNegative(DiscoveryToys);
        ArgumentOutOfRangeException.ThrowIfNegative(LimitToys);
    }

    private static void Fraction(double value, string name)
    {
        if (!(value > 0 && value < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "It must lie between 0 and 1.");
        }
    }
}
