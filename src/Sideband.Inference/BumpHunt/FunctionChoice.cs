namespace Sideband.Inference.BumpHunt;

/// <summary>
/// The dijet function that the sidebands ask for: from two parameters on, one more is taken while the F-test's p-value is below a level.
/// The window has no part in it: a signal there would buy the parameters that hide it.
/// </summary>
/// <param name="Fit">Fit of the chosen function to the sidebands; where it failed there is no choice, and its status says why.</param>
/// <param name="Tests">Every F-test that was made, in order.</param>
/// <param name="ChiSquared">Pearson's chi2 of the chosen function in the sidebands' merged bins.</param>
/// <param name="Degrees">Its degrees of freedom.</param>
/// <param name="Stopped">Why no further parameter was tried, for a user to read.</param>
public sealed record FunctionChoice(UnbinnedFit Fit, IReadOnlyList<FTest> Tests, Measured ChiSquared, int Degrees, string Stopped)
{
    /// <summary>Chooses on the sidebands.</summary>
    /// <param name="sums">The sidebands' events.</param>
    /// <param name="bins">The sidebands' bins.</param>
    /// <param name="counts">
    /// Their events; neighbours are merged to at least <see cref="BumpHuntSettings.MinimumBinEvents"/>, for all functions alike.
    /// </param>
    /// <param name="settings">Level and largest number of parameters.</param>
    public static FunctionChoice Of(SpectrumSums sums, MassBins bins, ReadOnlySpan<double> counts, BumpHuntSettings settings)
    {
        var groups = bins.Groups(counts, settings.MinimumBinEvents);
        var (ranges, observed) = (new MassRange[groups.Count], new double[groups.Count]);
        for (var i = 0; i < groups.Count; i++)
        {
            var (first, number) = groups[i];
            ranges[i] = new MassRange(bins[first].Low, bins[first + number - 1].High);
            foreach (var count in counts.Slice(first, number))
            {
                observed[i] += count;
            }
        }

        var fit = UnbinnedFit.Of(SpectrumFunction.Dijet(settings.FewestParameters), sums);
        var chiSquared = ChiSquaredOf(fit, ranges, observed);
        var tests = new List<FTest>();
        var stopped = "the function with the most parameters was reached";
        for (var parameters = settings.FewestParameters + 1; parameters <= settings.MostParameters && chiSquared.IsDefined; parameters++)
        {
            var next = UnbinnedFit.Of(SpectrumFunction.Dijet(parameters), sums);
            var nextChiSquared = ChiSquaredOf(next, ranges, observed);
            if (nextChiSquared.Value is not { } value)
            {
                stopped = $"'{next.Function}': {nextChiSquared.Reason}";
                break;
            }

            var test = FTest.Of(fit.Function, next.Function, chiSquared.Value!.Value, value, DegreesOf(ranges, next.Function));
            tests.Add(test);
            if (!(test.PValue.Value < settings.FTestLevel))
            {
                stopped = test.PValue.Reason ?? FormattableString.Invariant($"F-test for '{next.Function}': p = {test.PValue.Value:G3}");
                break;
            }

            (fit, chiSquared) = (next, nextChiSquared);
        }

        return new FunctionChoice(fit, tests, chiSquared, DegreesOf(ranges, fit.Function), chiSquared.Reason ?? stopped);
    }

    private static int DegreesOf(MassRange[] ranges, SpectrumFunction function) => ranges.Length - function.Parameters - 1;

    private static Measured ChiSquaredOf(UnbinnedFit fit, MassRange[] ranges, double[] observed)
    {
        var expected = new double[ranges.Length];
        for (var i = 0; i < ranges.Length; i++)
        {
            var events = fit.Expected(ranges[i]).Value;
            if (events.Value is not { } value)
            {
                return events;
            }

            expected[i] = value;
        }

        var sum = Metrics.ChiSquared.Of(observed, expected, expected);
        return double.IsFinite(sum) ? Measured.Of(sum) : Measured.Undefined("chi2 is beyond the range of double precision");
    }
}
