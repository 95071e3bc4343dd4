using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Inference.Counting;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Quality;

/// <summary>
/// Makes a method's template beside the window, where there is no signal, and measures how far it is from the data there. Folds wait for
/// it: what the sidebands contradict (<see cref="QualityLimits"/>) trains none.
/// </summary>
/// <param name="source">The method's name.</param>
/// <param name="learned">Name of the stage whose product makes the template.</param>
public abstract class ComparisonStage(string source, string learned) : IStage
{
    /// <summary>The error of the AUC is then 0.0018, of a limit of 0.02.</summary>
    private const int MostEvents = 50_000;

    // CPU seconds: an ensemble of ten trees on up to 50,000 events of each kind.
    private const double SecondsPerEvent = 1.2e-4;

    private const string QualityKind = "quality";

    /// <summary>The method's name.</summary>
    public string Source => source;

    public string Name => NameOf(source);

    public string Kind => QualityKind;

    public StageReads Reads => Needs.Option<QualityOptions>().Stage(learned);

    public bool JudgesTemplate => true;

    /// <summary>The name of a method's stage.</summary>
    public static string NameOf(string source) => $"{QualityKind} of {source}";

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        if (inputs.Product<TrainedProduct>(learned).Failure is { } reason)
        {
            return new ComparisonProduct { Failure = reason };
        }

        var (data, template) = Samples(inputs);
        if (data.Count == 0 || template.Count == 0)
        {
            return new ComparisonProduct { Failure = $"no {(data.Count == 0 ? "data" : "template")} beside the window to compare" };
        }

        var (first, second) = (ComparedSample.Of(data), ComparedSample.Of(template));
        var (worth, worthOfTemplate) = (Worth(data), Worth(template));
        var product = new ComparisonProduct
        {
            Events = (int)(2 * worth * worthOfTemplate / (worth + worthOfTemplate)),
            Auc = SampleComparison.Auc(
                first,
                second,
                inputs.Option<QualityOptions>().Boosting,
                name => inputs.Stream(Name, name),
                threads,
                cancellation),
            KolmogorovSmirnov = SampleComparison.Distances(first, second),
        };
        var against = QualityLimits.Contradiction(product.Auc, product.KolmogorovSmirnov, product.Events, data.FeatureNames);
        return product with { Contradiction = against is null ? null : $"{source}: {against}" };
    }

    public IStageProduct Unpack(NpzFile file) => ComparisonProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) => SecondsPerEvent * Math.Min(size.Learned, MostEvents);

    /// <summary>What <see cref="Samples"/> reads beside the product.</summary>
    protected abstract StageReads Needs { get; }

    /// <summary>Data beside the window, and the template there.</summary>
    protected abstract (EventTable Data, EventTable Template) Samples(IStageInputs inputs);

    /// <summary>Some of the events at random, in their order.</summary>
    protected EventTable Some(IStageInputs inputs, EventTable events, string use)
    {
        int[] rows = [.. Enumerable.Range(0, events.Count)];
        if (rows.Length > MostEvents)
        {
            inputs.Stream(Name, use).Shuffle<int>(rows);
            rows = rows[..MostEvents];
            Array.Sort(rows);
        }

        return events.Select(rows);
    }

    // (sum w)^2/sum w^2, the weights of one event together.
    private static double Worth(EventTable events)
    {
        var sums = new Dictionary<ulong, double>();
        foreach (var (identity, weight) in events.Identity.ToArray().Zip(events.WeightOfEach()))
        {
            sums[identity] = sums.GetValueOrDefault(identity) + weight;
        }

        return EventCount.Of(sums.Values.ToArray()).EffectiveEvents;
    }
}
