using Sideband.Learning.Densities.Preprocessing;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>Paths from events to noise, x1 ~ N(0, 1): what a density is learned from.</summary>
internal sealed class NoiseEnds : IPathEnds
{
    /// <summary>See <see cref="IPathEnds.Sigma"/>.</summary>
    public const double PathSigma = 1e-3;

    private readonly StandardisedEvents _events;
    private readonly NoiseCoupling _coupling;

    /// <param name="events">Training and validation events.</param>
    /// <param name="training">The rows that are trained on.</param>
    /// <param name="validation">The rows that are validated on.</param>
    /// <param name="streams">Noise of each part of the training rows.</param>
    /// <param name="validationStream">Noise of the validation: the same in every epoch.</param>
    public NoiseEnds(
        StandardisedEvents events,
        ReadOnlySpan<int> training,
        ReadOnlySpan<int> validation,
        RandomStream[] streams,
        RandomStream validationStream)
    {
        _events = events;
        Others = new float[events.Count * events.Dimensions];
        _coupling = new NoiseCoupling(events, Others, training, streams);
        new NoiseCoupling(events, Others, validation, [validationStream]).Draw(0);
    }

    public int Count => _events.Count;

    public float[] Data => _events.Features;

    public float[] Others { get; }

    public float[] Masses => _events.Mass;

    public float Sigma => (float)PathSigma;

    public int Parts => _coupling.Parts;

    // The velocity has to be sharp near the data, where features have edges.
    public double Time(double u) => u * u;

    public void Draw(int part) => _coupling.Draw(part);
}
