using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Learning.Transport;
using Sideband.Numerics;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Transported;

/// <summary>Learns a transport outside of a window.</summary>
public abstract class TransportStage : IStage
{
    public abstract string Name { get; }

    public string Kind => "transport";

    public abstract StageReads Reads { get; }

    public virtual bool DescribesSource => false;

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var gap = inputs.Window.Gap;
        return TransportProduct.Of(
            Fit(inputs, inputs.Option<TransportOptions>(), 0.5 * (gap.Low + gap.High), inputs.Stream(Name), threads, cancellation));
    }

    public IStageProduct Unpack(NpzFile file) => TransportProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) =>
        TransportCost.Training(size.Learned, options.Option<TransportOptions>());

    /// <summary>Trains it.</summary>
    /// <param name="inputs">Gives the events.</param>
    /// <param name="options">How to train.</param>
    /// <param name="middle">A mass inside of the window.</param>
    /// <param name="stream">The training's.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellation">Looked at before each training step.</param>
    protected abstract TransportFit Fit(
        IStageInputs inputs, TransportOptions options, double middle, RandomStream stream, int threads, CancellationToken cancellation);

    /// <summary>Events in the columns of a training.</summary>
    protected static TransportSample Sample(EventTable events) => new(DrawnEvents.Features(events), events.Mass.ToArray());
}
