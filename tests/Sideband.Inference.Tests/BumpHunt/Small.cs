using Sideband.Inference.BumpHunt;

namespace Sideband.Inference.Tests.BumpHunt;

/// <summary>
/// A spectrum for toys: 4000 events of (1-x)^8 / x^6 from 2.6 to 6 TeV, a Gaussian-like resonance at 3.5 TeV whose background is some 600
/// events.
/// </summary>
internal static class Small
{
    public static MassBins Bins { get; } = MassBins.Of(MassBins.Split(new(2.6, 6), 0.1));

    public static double[] Template { get; } = new DoubleCrystalBall(3.5, 0.12, 1.5, 5, 1.5, 5).Template(Bins)!;

    public static BinnedModel Model { get; } = new(SpectrumFunction.Dijet(2), Bins, 13, Template);

    /// <summary>Expectations that the function describes exactly: those of a fit to a function of its family.</summary>
    public static double[] Background { get; } = MakeBackground();

    /// <summary>The background's own fit, where toys start.</summary>
    public static BinnedFit Fit { get; } = Model.Fit(Background);

    public static double[] Toy(string name, int toy, double signal) =>
        ToyStreams.Counts(new ToyStreams(1, name)[toy], [.. Background.Zip(Template, (b, s) => b + (signal * s))]);

    private static double[] MakeBackground()
    {
        double[] rough = [.. Enumerable.Range(0, Bins.Count).Select(i => Shape(0.5 * (Bins[i].Low + Bins[i].High) / 13))];
        var scale = 4000 / rough.Sum();
        return [.. Model.Fit([.. rough.Select(value => value * scale)]).Background];
    }

    private static double Shape(double x) => Math.Pow(1 - x, 8) * Math.Pow(x, -6);
}
