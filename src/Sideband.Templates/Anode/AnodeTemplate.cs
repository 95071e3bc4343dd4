using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Learned;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Anode;

/// <summary>
/// ANODE (arXiv:2001.04990): R(x) = p_SR(x | m)/p_SB(x | m) of two densities, one learned in the signal region, per fold on the other
/// folds, and one on the sidebands. Events drawn from p_SB at signal-region masses and scored with R set the threshold. Outside of the
/// region p_SR says nothing, and there is no score.
/// </summary>
public sealed class AnodeTemplate : LearnedTemplate
{
    private MethodTraits? _traits;

    public override string Name => "anode";

    public override MethodTraits Traits =>
        _traits ??= base.Traits with
        {
            ScoresAtEveryMass = false,
            ScoresByClassifier = false,
            IsExchangeable = false,
            JoinsTemplates = false,
        };

    public override IReadOnlyList<MethodOption> Options => LearnedOptions.OfDensity;

    public override StageReads PreparationReads =>
        StageReads.Searched.Stage(SampleStage.NameOf(this)).Option<DensityOptions>().Option<IDensityEngine>();

    public override StageReads ViewReads { get; } = StageReads.Nothing.Stage(DensityStage.StageName).Option<IDensityEngine>();

    public override EventTable Draw(EventTable like, IConditionalDensity density, double[] masses, RandomStream stream) =>
        DrawnEvents.Of(like, density, masses, stream);

    public override IEventView ViewBy(IConditionalDensity density) => new RatioView(density);

    public override IEventView PrepareView(IStageInputs inputs) =>
        new RatioView(inputs.Product<DensityProduct>(DensityStage.StageName).Load(inputs.Densities));

    public override IScorer LoadScorer(Stream stream, IStageInputs inputs) => new LikelihoodRatioScorer(inputs.Densities.Load(stream));

    // A density of the other folds' events.
    public override double? FoldCost(TemplateSize size, int events, IOptionSource options)
    {
        var folds = options.Option<FoldOptions>().Folds;
        return DensityStage.CostOf(events * (folds - 1.0) / folds, options.Option<DensityOptions>());
    }

    protected override IFoldScoring ScoringOf(IStageInputs inputs, ScoredView region, BackgroundTemplate template) =>
        new LikelihoodRatioScoring(inputs.Densities, inputs.Option<DensityOptions>(), region);

    private sealed class RatioView(IConditionalDensity density) : IEventView
    {
        public ScoredView Of(EventTable events)
        {
            var logDensity = new double[events.Count];
            density.LogDensity(DrawnEvents.Features(events), events.Mass, logDensity);
            return new ScoredView(events, LogBackground: logDensity);
        }
    }
}
