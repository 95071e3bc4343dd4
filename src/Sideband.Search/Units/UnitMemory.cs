using Sideband.Search.Experiments;
using Sideband.Templates;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>
/// Bytes that a unit is expected to take, counted by its arrays: an upper estimate, since units of one window share most of it. What all
/// units share is <see cref="HeldMemory"/>.
/// </summary>
/// <param name="Window">The window that the unit prepares, whatever its threads.</param>
/// <param name="Thread">Each thread in addition.</param>
public readonly record struct UnitMemory(long Window, long Thread)
{
    // Mass, source, row and label of an event in a table, whose weight is that of the matrix, and the four bytes of each feature.
    private const long TableBytes = 8 + 2 + 4 + 1, FeatureBytes = 4;

    // Of a row of the matrix: value and place of each feature; weight, fold, label.
    private const long SortedBytes = 8, MatrixBytes = 8 + 1 + 1;

    // Of a row that is trained on: number (twice), order in the tree (half of them, twice), weight, log-odds, derivatives (half of them);
    // bins of each feature by row and by feature.
    private const long TrainedBytes = 4 + 4 + 4 + 4 + 4 + 4 + 4, BinBytes = 2;

    // A density standardises copies of its events, pairs them and keeps them in double precision for a while; measured.
    private const long LearnedBytes = 40, LearnedFeatureBytes = 16;

    // Networks, their moments and gradients.
    private const long NetworkBytes = 32L << 20;

    /// <summary>On some threads.</summary>
    public long On(int threads) => Window + (threads * Thread);

    /// <param name="stage">What is done.</param>
    /// <param name="experiment">Its events are a table of their own, unless it is the search.</param>
    /// <param name="size">The template.</param>
    /// <param name="events">N_SR.</param>
    /// <param name="context">The search.</param>
    internal static UnitMemory Of(IStage stage, Experiment experiment, TemplateSize size, int events, SearchContext context)
    {
        var features = context.Inputs.Data.FeatureNames.Count;
        var table = experiment.IsSearch || experiment.Source.ArrangesWindows ? 0 : HeldMemory.Of(context.Inputs.Data);
        if (stage is FoldStage or CountStage or TestStage)
        {
            var folds = context.Options.Option<FoldOptions>().Folds;
            var template = Math.Max(size.Template, size.Drawn ?? 0);
            var rows = (long)events + template + (size.Target ?? 0);
            var trained = rows * (folds - 1) / folds;
            var window = (template * (TableBytes + (FeatureBytes * features))) + (rows * (MatrixBytes + (SortedBytes * features)));
            return new UnitMemory(
                table + (Math.Max(1, size.Sources.Count) * window),
                trained * (TrainedBytes + (BinBytes * features)));
        }

        var learned = (long)events + size.Learned + size.Template + (size.Drawn ?? 0);
        return new UnitMemory(table + NetworkBytes + (learned * (LearnedBytes + (LearnedFeatureBytes * features))), NetworkBytes);
    }
}
