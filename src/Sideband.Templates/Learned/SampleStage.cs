using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Learned;

/// <summary>Draws a template from a density, and maps the events where the method compares in a latent space.</summary>
internal sealed class SampleStage(LearnedTemplate method) : IStage
{
    private const string SampleKind = "sample";

    // CPU seconds of flow matching of one drawn event, for each block of the network and unit of its width squared.
    private const double SecondsPerDrawnUnit = 6e-10;

    public string Name => NameOf(method);

    public string Kind => SampleKind;

    public StageReads Reads { get; } =
        StageReads.Searched.Option<DrawOptions>().Option<IDensityEngine>().Stage(DensityStage.StageName);

    public bool IsIntermediate => true;

    /// <summary>Methods draw different samples from one density.</summary>
    public static string NameOf(LearnedTemplate method) => $"{SampleKind} of {method.Name}";

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var learned = inputs.Product<DensityProduct>(DensityStage.StageName);
        if (learned.Failure is not null)
        {
            return new SampleProduct { Failure = $"density: {learned.Failure}" };
        }

        var (density, other) = learned.LoadBoth(inputs.Densities);
        var region = inputs.Region();
        var spectrum = inputs.Spectrum();
        RandomStream Stream(string name, string use) => inputs.Stream(SampleKind, name, use);

        double[] Masses(string name, int oversampling) => spectrum.Draw(oversampling * region.Count, Stream(name, "masses"));

        var training = method.Draw(
            region, density, Masses("training", inputs.Option<DrawOptions>().Oversampling), Stream("training", "events"));
        var masses = Masses("threshold", DrawOptions.ThresholdOversampling);
        var threshold = learned.IsHalved
            ? DrawnEvents.Of(region, other, masses, Stream("threshold", "events"))
            : method.Draw(region, density, masses, Stream("threshold", "events"));
        if (NotFinite(training) + NotFinite(threshold) is > 0 and var bad)
        {
            return new SampleProduct
            {
                Failure = $"{bad} of {training.Count + threshold.Count} events drawn from the density are not finite",
            };
        }

        // Events of the other half's density are seen by the first, like the data.
        var view = method.ViewBy(density);
        var seen = learned.IsHalved ? view?.Of(threshold) : null;
        var product = new SampleProduct { Training = Columns(training), Threshold = Columns(seen?.Events ?? threshold) };
        if (view is null)
        {
            return product;
        }

        var scored = view.Of(method.Traits.ScoresAtEveryMass ? inputs.Scored() : region);
        return scored.LogBackground is { } logBackground
            ? product with { LogBackground = logBackground, LogBackgroundThreshold = (seen ?? view.Of(threshold)).LogBackground! }
            : product with { Mapped = DrawnEvents.Features(scored.Events) };
    }

    public IStageProduct Unpack(NpzFile file) => SampleProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options)
    {
        var density = options.Option<DensityOptions>();
        return SecondsPerDrawnUnit * (size.Drawn!.Value + size.Template) * density.TrainingsOf(size.Learned)
            * density.Blocks * density.HiddenWidth * density.HiddenWidth;
    }

    private static DrawnColumns Columns(EventTable events) => new(events.Mass.ToArray(), DrawnEvents.Features(events));

    private static int NotFinite(EventTable events)
    {
        var count = 0;
        for (var f = 0; f < events.FeatureNames.Count; f++)
        {
            foreach (var value in events.Feature(f))
            {
                count += float.IsFinite(value) ? 0 : 1;
            }
        }

        return count;
    }
}
