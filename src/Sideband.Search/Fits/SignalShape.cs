using Sideband.Events;
using Sideband.Inference.BumpHunt;
using Sideband.Search.Scores;

namespace Sideband.Search.Fits;

/// <summary>The shape of a signal after a cut, from simulated signal of one mass.</summary>
internal static class SignalShape
{
    private const int FewestSelected = 500;

    /// <summary>
    /// A double-sided Crystal Ball fitted to the signal that the cut leaves or, where that is fewer than 500 events, to all of it.
    /// </summary>
    /// <param name="signal">The signal.</param>
    /// <param name="scored">Its scores; null for no cut.</param>
    /// <param name="workingPoint">Index of the working point.</param>
    /// <exception cref="InputDataException">No shape can be fitted.</exception>
    public static DoubleCrystalBall Of(EventTable signal, EventScores? scored, int workingPoint)
    {
        var all = signal.Mass.ToArray();
        var selected = scored?.Passing[workingPoint] is { Failure: null } point
            ? [.. Enumerable.Range(0, point.Fractions.Length).Where(i => point.Fractions[i] >= 0.5).Select(i => scored.Events.Mass[i])]
            : Array.Empty<double>();
        var sorted = (double[])all.Clone();
        Array.Sort(sorted);
        var fit = CrystalBallFit.Of(selected.Length >= FewestSelected ? selected : all, sorted[sorted.Length / 2]);
        return fit.Shape
            ?? throw new InputDataException($"--signal: {signal.Sources[0].Name}: no shape can be fitted: {fit.Status.Reason}");
    }

    /// <summary>The same relative width and tails at another mass.</summary>
    public static DoubleCrystalBall At(this DoubleCrystalBall shape, double mass) =>
        shape with { Mean = mass, Sigma = shape.Sigma * mass / shape.Mean };
}
