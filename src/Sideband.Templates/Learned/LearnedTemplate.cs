using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Learned;

/// <summary>
/// A method that learns p(x | m) of the long sidebands: it needs nothing but the searched sample, so the whole chain can be repeated on
/// pseudo-data, its template can be drawn in the sidebands too, and the features may depend on the mass.
/// </summary>
public abstract class LearnedTemplate : ITemplateMethod
{
    /// <summary>Below this not even the features' ranges are known.</summary>
    private const int FewestDensityEvents = 500;

    protected LearnedTemplate() => Stages = [new DensityStage(), new QualityStage(), new SampleStage(this)];

    public abstract string Name { get; }

    public virtual MethodTraits Traits { get; } = new()
    {
        DefaultSystematics = "mc+sideband",
        RepeatableOnPseudoData = true,
        StandsMassDependence = true,
        InterpolatesInMass = true,
        DrawsAtAnyMass = true,
        TakesMissingValues = false,
        TakesWeights = false,
    };

    public virtual IReadOnlyList<MethodOption> Options => LearnedOptions.All;

    public IReadOnlyList<IStage> Stages { get; }

    public virtual StageReads PreparationReads => StageReads.Searched.Stage(SampleStage.NameOf(this)).Option<ClassifierOptions>();

    public virtual StageReads ViewReads => StageReads.Nothing;

    public IReadOnlyList<object> Configure(OptionValues values) => LearnedOptions.Records(values);

    public TemplateSize Size(IEventCounts counts, MassWindow window, IOptionSource options)
    {
        var outside = counts.All(InputRole.Searched) - counts.In(InputRole.Searched, window.SignalRegion);
        return new TemplateSize(DrawOptions.ThresholdOversampling * counts.Searched)
        {
            Drawn = options.Option<DrawOptions>().Oversampling * counts.Searched,
            Learned = outside,
            Problem = outside < FewestDensityEvents
                ? $"has {outside} events outside of it, too few to learn a density from; at least {FewestDensityEvents} are needed"
                : null,
        };
    }

    /// <summary>Template events in the features that the scorer sees, at given masses.</summary>
    /// <param name="like">Names of mass and features.</param>
    /// <param name="density">p(x | m) of the window's long sidebands.</param>
    /// <param name="masses">One an event.</param>
    /// <param name="stream">Their random numbers.</param>
    public abstract EventTable Draw(EventTable like, IConditionalDensity density, double[] masses, RandomStream stream);

    /// <summary>How the scorer sees events, where the density is needed for that; null where it sees their own features.</summary>
    public virtual IEventView? ViewBy(IConditionalDensity density) => null;

    public virtual IEventView PrepareView(IStageInputs inputs) => IEventView.Identity;

    public virtual StageReads ReferenceReads => StageReads.Nothing;

    public virtual IReferenceView? PrepareReferenceView(IStageInputs inputs, double mass) => null;

    public virtual IScorer LoadScorer(Stream stream, IStageInputs inputs) => ClassifierScorer.Load(stream);

    public virtual double? FoldCost(TemplateSize size, int events, IOptionSource options) => null;

    public PreparedSample Prepare(IStageInputs inputs)
    {
        var region = inputs.Region();
        var product = inputs.Product<SampleProduct>(SampleStage.NameOf(this));
        if (product.Failure is not null)
        {
            return PreparedSamples.Failed(product.Failure, region);
        }

        EventTable Table(DrawnColumns drawn) => DrawnEvents.Table(region, drawn.Mass, drawn.Features);

        var template = new BackgroundTemplate(Table(product.Training), null, Table(product.Threshold), Folded: false);
        var (scored, inRegion) = Views(inputs, product, region);
        var threshold = new ScoredView(
            template.ThresholdEvents,
            inRegion.IsMapped,
            product.LogBackgroundThreshold is { Length: > 0 } log ? log : null);
        return new PreparedSample
        {
            Region = inRegion,
            Scored = scored,
            Template = template,
            Threshold = threshold,
            Scoring = ScoringOf(inputs, inRegion, template),
        };
    }

    /// <summary>How folds are trained.</summary>
    protected virtual IFoldScoring ScoringOf(IStageInputs inputs, ScoredView region, BackgroundTemplate template) =>
        new ClassifierScoring(region, template, inputs.Option<ClassifierOptions>());

    private static (ScoredView Scored, ScoredView Region) Views(IStageInputs inputs, SampleProduct product, EventTable region)
    {
        if (product.LogBackground.Length > 0)
        {
            var ratio = new ScoredView(region, LogBackground: product.LogBackground);
            return (ratio, ratio);
        }

        var all = inputs.Scored();
        if (product.Mapped.Length == 0)
        {
            return (new ScoredView(all), new ScoredView(region));
        }

        var mapped = all.WithFeatures(product.Mapped);
        var mappedRegion = all.Count == region.Count ? mapped : mapped.In(inputs.Window.SignalRegion);
        return (new ScoredView(mapped, IsMapped: true), new ScoredView(mappedRegion, IsMapped: true));
    }
}
