using System.Diagnostics;
using Sideband.Events;
using Sideband.Templates;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Benchmarks;

/// <summary>
/// A method whose folds do nothing, so that what is left is bookkeeping: every window has the same few events, nothing is trained, and
/// scores are a row's number.
/// </summary>
/// <param name="few">The events of every window.</param>
internal sealed class NothingTemplate(EventTable few) : ITemplateMethod
{
    private readonly PreparedSample _sample = new()
    {
        Region = new ScoredView(few),
        Scored = new ScoredView(few),
        Template = new BackgroundTemplate(few),
        Threshold = new ScoredView(few),
        Scoring = new Nothing(),
    };

    private readonly Lock _gate = new();

    public string Name => "nothing";

    public MethodTraits Traits { get; } = new() { DefaultSystematics = "zero", RepeatableOnPseudoData = true };

    public StageReads PreparationReads { get; } = StageReads.Searched.Option<ClassifierOptions>();

    /// <summary>
    /// When the first unit began: <see cref="Stopwatch.GetTimestamp"/>, and the process's CPU time in seconds; null before.
    /// </summary>
    public (long Wall, double Cpu)? Begun { get; private set; }

    public TemplateSize Size(IEventCounts counts, MassWindow window, IOptionSource options) => new(counts.Searched);

    public PreparedSample Prepare(IStageInputs inputs)
    {
        lock (_gate)
        {
            Begun ??= (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime.TotalSeconds);
        }

        return _sample;
    }

    private sealed class Nothing : IFoldScoring, IScorer
    {
        public FoldTraining Train(FoldRequest request) => new(this, [], [], [], []);

        public ScoredRows Score(ScoredView view, int[] rows) => new(Array.ConvertAll(rows, row => (float)row / view.Events.Count), []);

        public void Save(Stream stream)
        {
        }
    }
}
