namespace Sideband.Inference.BumpHunt;

/// <summary>
/// The dijet function that is fitted to the sidebands. The F-test asks for one: from two parameters on, one more is taken while its p-value
/// is below a level. The fit has at least <see cref="BumpHuntSettings.FewestParameters"/>, as far as the sidebands have bins for them.
/// The window has no part in either: a signal there would buy the parameters that hide it.
/// </summary>
/// <param name="Fit">Fit of the function to the sidebands; where it failed there is no choice, and its status says why.</param>
/// <param name="Asked">The function that the F-test stops at.</param>
/// <param name="Tests">Every F-test that was made, in order.</param>
/// <param name="ChiSquared">Pearson's chi2 of the fitted function in the sidebands' merged bins.</param>
/// <param name="Degrees">Its degrees of freedom.</param>
/// <param name="Stopped">
/// Why the F-test stopped, and why the fit has fewer parameters than it should where that is so; for a user to read.
/// </param>
public sealed record FunctionChoice(
    UnbinnedFit Fit, SpectrumFunction Asked, IReadOnlyList<FTest> Tests, Measured ChiSquared, int Degrees, string Stopped)
{
    /// <summary>Chooses on the sidebands.</summary>
    /// <param name="sums">The sidebands' events.</param>
    /// <param name="bins">The sidebands' bins.</param>
    /// <param name="counts">
    /// Their events; neighbours are merged to at least <see cref="BumpHuntSettings.MinimumBinEvents"/>, for all functions alike.
    /// </param>
    /// <param name="settings">Level, fewest and largest number of parameters.</param>
    public static FunctionChoice Of(SpectrumSums sums, MassBins bins, ReadOnlySpan<double> counts, BumpHuntSettings settings)
    {
        var (ranges, observed) = Merged(bins, counts, settings.MinimumBinEvents);
        Tried Try(int parameters)
        {
            var fit = UnbinnedFit.Of(SpectrumFunction.Dijet(parameters), sums);
            return new Tried(fit, ChiSquaredOf(fit, ranges, observed), ranges.Length - parameters - 1);
        }

        var chosen = Try(SpectrumFunction.FewestParameters);
        var tests = new List<FTest>();
        var stopped = "the function with the most parameters was reached";
        while (chosen.ChiSquared.IsDefined && chosen.Function.Parameters < settings.MostParameters)
        {
            var next = Try(chosen.Function.Parameters + 1);
            if (next.ChiSquared.Value is not { } value)
            {
                stopped = $"'{next.Function}': {next.ChiSquared.Reason}";
                break;
            }

            var test = FTest.Of(chosen.Function, next.Function, chosen.ChiSquared.Value!.Value, value, next.Degrees);
            tests.Add(test);
            if (!(test.PValue.Value < settings.FTestLevel))
            {
                stopped = test.PValue.Reason ?? FormattableString.Invariant($"F-test for '{next.Function}': p = {test.PValue.Value:G3}");
                break;
            }

            chosen = next;
        }

        var asked = chosen.Function;
        stopped = chosen.ChiSquared.Reason ?? stopped;
        for (var parameters = settings.FewestParameters; parameters > asked.Parameters && chosen.ChiSquared.IsDefined; parameters--)
        {
            var larger = Try(parameters);
            if (larger.ChiSquared.IsDefined && larger.Degrees > 0)
            {
                chosen = larger;
                break;
            }

            stopped += $"; not '{larger.Function}': "
                + (larger.ChiSquared.Reason ?? $"{ranges.Length} bins of {settings.MinimumBinEvents} sideband events are too few");
        }

        return new FunctionChoice(chosen.Fit, asked, tests, chosen.ChiSquared, chosen.Degrees, stopped);
    }

    private static (MassRange[] Ranges, double[] Observed) Merged(MassBins bins, ReadOnlySpan<double> counts, double minimum)
    {
        var groups = bins.Groups(counts, minimum);
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

        return (ranges, observed);
    }

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

    private sealed record Tried(UnbinnedFit Fit, Measured ChiSquared, int Degrees)
    {
        public SpectrumFunction Function => Fit.Function;
    }
}
