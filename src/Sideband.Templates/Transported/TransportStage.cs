using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Learning.Transport;
using Sideband.Numerics;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Transported;

/// <summary>Learns a transport outside of a window; of few events two, of a half each.</summary>
public abstract class TransportStage : IStage
{
    internal const ulong HalvesSalt = 0x3c6ef372fe94f82b;

    public abstract string Name { get; }

    public string Kind => "transport";

    /// <summary>Its number changes when the same events and options would give another product.</summary>
    public string Identity => $"{Name} 2";

    public abstract StageReads Reads { get; }

    public virtual bool DescribesSource => false;

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var (gap, samples) = (inputs.Window.Gap, Samples(inputs));
        var options = OptionsOf(inputs, samples[^1].Count);
        var fits = new List<TransportFit>();
        TransportFit Learn(IReadOnlyList<EventTable> events, string stream)
        {
            fits.Add(Fit(
                [.. events.Select(sample => new TransportSample(DrawnEvents.Features(sample), sample.Mass.ToArray()))],
                options,
                0.5 * (gap.Low + gap.High),
                inputs.Stream(stream),
                threads,
                cancellation));
            return fits[^1];
        }

        if (!LearnsHalves || !TwoHalves.Suit(samples.Min(sample => sample.Count), TwoHalves.FewOfTransport))
        {
            Learn(samples, Name);
        }
        else if (Learn([.. samples.Select(sample => TwoHalves.Half(sample, false, HalvesSalt))], Name).Succeeded)
        {
            Learn([.. samples.Select(sample => TwoHalves.Half(sample, true, HalvesSalt))], $"{Name}, other half");
        }

        return TransportProduct.Of(fits);
    }

    public IStageProduct Unpack(NpzFile file) => TransportProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) =>
        TransportCost.Training(size.Learned, OptionsOf(options, size.Learned));

    /// <summary>Whether few events are learned in two halves (<see cref="TwoHalves"/>).</summary>
    protected abstract bool LearnsHalves { get; }

    /// <summary>How it is trained.</summary>
    /// <param name="options">Of the search.</param>
    /// <param name="events">Target events.</param>
    protected abstract TransportOptions OptionsOf(IOptionSource options, double events);

    /// <summary>What it is learned from; the targets last.</summary>
    protected abstract IReadOnlyList<EventTable> Samples(IStageInputs inputs);

    /// <summary>Trains it.</summary>
    /// <param name="samples">As <see cref="Samples"/>, or a half of them.</param>
    /// <param name="options">How to train.</param>
    /// <param name="middle">A mass inside of the window.</param>
    /// <param name="stream">The training's.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellation">Looked at before each training step.</param>
    protected abstract TransportFit Fit(
        IReadOnlyList<TransportSample> samples,
        TransportOptions options,
        double middle,
        RandomStream stream,
        int threads,
        CancellationToken cancellation);
}
