using Sideband.Events;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Combined;

/// <summary>
/// Several methods as one (arXiv:2307.11157, section 4): their templates, each with the same summed weight, or the mean of their
/// standardised scores. Every source keeps its own stages, streams and quality: its units are those of a search with the source alone.
/// </summary>
public sealed class CombinedTemplate : ITemplateMethod
{
    /// <summary>The name of the method.</summary>
    public const string MethodName = "combined";

    private static readonly OptionValues Everything =
        new("", null, new Dictionary<string, string>()) { Inputs = [InputRole.Simulation] };

    // Not before the list of methods is made, of which this is one.
    private readonly Lazy<Sources> _sources;

    /// <summary>The method before its options are known: with every source that there is by default.</summary>
    public CombinedTemplate()
        : this(Everything)
    {
    }

    private CombinedTemplate(OptionValues values) => _sources = new Lazy<Sources>(() => new Sources(CombinedOptions.Of(values)));

    public string Name => MethodName;

    public MethodTraits Traits => _sources.Value.Traits;

    public IReadOnlyList<MethodOption> Options =>
        [CombinedOptions.SourcesOption, CombinedOptions.LevelOption, .. _sources.Value.Options];

    public IReadOnlyList<IStage> Stages => _sources.Value.Stages;

    public StageReads PreparationReads => _sources.Value.PreparationReads;

    public StageReads ViewReads => _sources.Value.ViewReads;

    public ITemplateMethod With(OptionValues values) => new CombinedTemplate(values);

    public IReadOnlyList<object> Configure(OptionValues values) =>
    [
        CombinedOptions.Of(values),
        .. _sources.Value.Methods.SelectMany(method => method.Configure(values)).DistinctBy(record => record.GetType()),
    ];

    public void Require(IMethodInputs inputs) => _sources.Value.Require(inputs);

    public TemplateSize Size(IEventCounts counts, MassWindow window, IOptionSource options) =>
        CombinedSize.Of(_sources.Value, counts, window, options);

    public double? FoldCost(TemplateSize size, int events, IOptionSource options) => _sources.Value.Level == CombinationLevel.Samples
        ? null
        : _sources.Value.Methods.Zip(size.Sources, (method, source) =>
            method.FoldCost(source.Size, events, options) ?? ClassifierCost.Of(source.Size, events, options)).Sum();

    public PreparedSample Prepare(IStageInputs inputs)
    {
        var sources = _sources.Value;
        var prepared = new List<PreparedSample>();
        foreach (var method in sources.Methods)
        {
            var sample = method.Prepare(inputs);
            if (sample.Failure is { } reason)
            {
                return PreparedSamples.Failed($"{method.Name}: {reason}", inputs.Region());
            }

            prepared.Add(sample);
        }

        // Asked for, so that it is in the folds' keys: the same stages serve either level, and sources in any order.
        var together = inputs.Option<CombinedOptions>().Level == CombinationLevel.Samples
            ? PreparedSamples.Weighted(
                inputs,
                EqualParts.Of([.. prepared.Select(sample => sample.Template.Events)]),
                "template events",
                prepared.Any(sample => sample.Template.Threshold is not null)
                    ? EqualParts.Of([.. prepared.Select(sample => sample.Template.ThresholdEvents)])
                    : null)
            : CombinedScores.Of(sources, inputs, prepared);
        return together with { LeftOut = prepared.Sum(sample => sample.LeftOut) };
    }

    public IEventView PrepareView(IStageInputs inputs) => _sources.Value.Level == CombinationLevel.Samples
        ? IEventView.Identity
        : new CombinedView([.. _sources.Value.Methods.Select(method => method.PrepareView(inputs))]);

    public IScorer LoadScorer(Stream stream, IStageInputs inputs) => _sources.Value.Level == CombinationLevel.Samples
        ? ClassifierScorer.Load(stream)
        : CombinedScorer.Load(
            stream, [.. _sources.Value.Methods.Select(method => (Func<Stream, IScorer>)(saved => method.LoadScorer(saved, inputs)))]);
}
