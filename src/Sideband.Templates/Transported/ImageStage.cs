using Sideband.Events.Readers;
using Sideband.Learning.Transport;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Transported;

/// <summary>The images that a transport gives events.</summary>
/// <param name="transport">Name of the stage that learned it.</param>
public abstract class ImageStage(string transport) : IStage
{
    public abstract string Name { get; }

    public string Kind => "images";

    /// <summary>Its number changes when the same transport would give another product.</summary>
    public string Identity => $"{Name} 2";

    public abstract StageReads Reads { get; }

    public bool IsIntermediate => true;

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var product = inputs.Product<TransportProduct>(transport);
        return product.Failure is { } reason
            ? new ImageProduct { Failure = reason }
            : ImageProduct.Of(Images(inputs, product.Load()), product.IsHalved ? Images(inputs, product.LoadOther()) : null);
    }

    public IStageProduct Unpack(NpzFile file) => ImageProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) =>
        TransportCost.Images(size.Template, OptionsOf(options, size.Learned));

    /// <summary>How the transport was trained (<see cref="TransportStage"/>).</summary>
    /// <param name="options">Of the search.</param>
    /// <param name="events">Target events.</param>
    protected abstract TransportOptions OptionsOf(IOptionSource options, double events);

    /// <summary>Images of the method's choice of events.</summary>
    protected abstract EventImages Images(IStageInputs inputs, EventTransport learned);
}
