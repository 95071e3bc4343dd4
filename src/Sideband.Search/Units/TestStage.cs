using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Templates;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>Scores test events in the window by every fold's scorer.</summary>
/// <param name="method">The method.</param>
/// <param name="folds">Number of folds.</param>
public sealed class TestStage(ITemplateMethod method, int folds) : IStage
{
    public const string StageName = "test";

    // CPU seconds of one event, one member and one fold.
    private const double SecondsPerScore = 5e-8;

    public string Name => StageName;

    public string Identity => $"test of {method.Name}";

    public StageReads Reads { get; } = Enumerable.Range(1, folds).Aggregate(
        method.ViewReads.And(InputRole.Test), (reads, fold) => reads.Stage(FoldStage.NameOf(fold)));

    public bool ForReportOnly => true;

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var all = inputs.Events(InputRole.Test);
        var test = all.In(inputs.Window.SignalRegion);
        var scores = new List<float[]>();
        ScoredView? view = null;
        for (var fold = 1; fold <= folds; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            var product = inputs.Product<FoldProduct>(FoldStage.NameOf(fold));
            if (product.Failure is not null)
            {
                continue;
            }

            view ??= method.PrepareView(inputs).Of(test);
            using var kept = new MemoryStream(product.Scorer, writable: false);
            scores.Add(method.LoadScorer(kept, inputs).Score(view, view.AllRows()).Scores);
        }

        return new TestProduct(scores);
    }

    public IStageProduct Unpack(NpzFile file) => TestProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) =>
        SecondsPerScore * events * folds * options.Option<ClassifierOptions>().Members;
}

/// <summary>Scores of the test events in one window and run.</summary>
/// <param name="Scores">One array a fold that has a scorer.</param>
public sealed record TestProduct(IReadOnlyList<float[]> Scores) : IStageProduct<TestProduct>
{
    public void Pack(NpzWriter archive)
    {
        archive.Add<int>("folds", [Scores.Count]);
        archive.Add<float>("scores", [.. Scores.SelectMany(fold => fold)]);
    }

    public static TestProduct Unpack(NpzFile file)
    {
        var (folds, all) = (file.Read<int>("folds")[0], file.Read<float>("scores"));
        var count = folds == 0 ? 0 : all.Length / folds;
        return new TestProduct([.. Enumerable.Range(0, folds).Select(fold => all.AsSpan(fold * count, count).ToArray())]);
    }
}
