using Sideband.Events;
using Sideband.Inference;
using Sideband.Inference.Counting;
using Sideband.Learning.Classifiers;
using Sideband.Numerics;
using Sideband.Search.Collect;
using Sideband.Search.Results;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Compare;

/// <summary>
/// Which template an event is most like (arXiv:2307.11157, eq. 3.1): a network with a softmax over the methods, trained on as many events
/// of each, 60 % to train on, 20 % to stop by, and the mean ln p(class | event) over the 20 % held out, weighted, and over true background.
/// Copies of an event are on one side of the split.
/// </summary>
internal static class LogPosteriors
{
    private const int Parts = 5;
    private const int FewestEvents = 500;

    /// <param name="templates">One a method.</param>
    /// <param name="truth">True background, or null.</param>
    /// <param name="options">How many trainings.</param>
    /// <param name="seed">Of all random numbers.</param>
    /// <param name="window">The window's name, for random streams.</param>
    /// <param name="cancellation">Looked at before each training step.</param>
    public static LogPosteriorResult Of(
        IReadOnlyList<TemplateSample> templates,
        EventTable? truth,
        CompareOptions options,
        ulong seed,
        string window,
        CancellationToken cancellation)
    {
        TemplateSample[] used = [.. templates.Where(template => template.Events is not null)];
        var events = used.Length == 0 ? 0 : Math.Min(used.Min(template => template.Events!.Count), SampledEvents.Most);
        var problem = options.Trainings == 0 ? "no trainings were asked for"
            : used.Length < 2 ? "fewer than two templates"
            : events < FewestEvents ? $"{events} events of a template; at least {FewestEvents} needed"
            : used.Select(template => TemplateDistances.Problem(template.Events!)).FirstOrDefault(reason => reason is not null);
        if (problem is not null)
        {
            return new LogPosteriorResult(events, null, [], problem);
        }

        string[] names = [.. used.Select(template => template.Name)];
        string[] samples = truth is null ? names : [.. names, TemplateDistances.Background];
        var values = new List<Measured>[used.Length, samples.Length];
        for (var training = 1; training <= options.Trainings; training++)
        {
            var number = training;
            RandomStream Stream(string use) => RandomStream.For(seed, "compare", window, "posterior", $"training {number}", use);

            var found = Train(used, truth, events, new FoldAssignment(seed, training, Parts), Stream, options.Threads, cancellation);
            for (var c = 0; c < used.Length; c++)
            {
                for (var s = 0; s < samples.Length; s++)
                {
                    (values[c, s] ??= []).Add(found is null ? Measured.Undefined("the training failed") : found[c, s]);
                }
            }
        }

        return new LogPosteriorResult(
            events,
            -PortableMath.Log(used.Length),
            [
                .. from c in Enumerable.Range(0, used.Length)
                   from s in Enumerable.Range(0, samples.Length)
                   select new LogPosteriorValue(
                       used[c].Name, samples[s], WorkingPointResults.Values(RunStatistics.Of(values[c, s]))),
            ],
            null);
    }

    private static Measured[,]? Train(
        TemplateSample[] templates,
        EventTable? truth,
        int events,
        FoldAssignment parts,
        Func<string, RandomStream> stream,
        int threads,
        CancellationToken cancellation)
    {
        EventTable[] tables = [.. templates.Select(template => SampledEvents.Of(template.Events!, stream(template.Name), events))];
        EventTable?[] all = [.. tables, truth is null ? null : SampledEvents.Of(truth, stream("truth"))];
        byte[] part = [.. all.SelectMany(table => table is null ? [] : parts.Of(table))];
        byte[] labels = [.. all.SelectMany((table, c) => Enumerable.Repeat((byte)c, table?.Count ?? 0))];
        double[] weights = [.. all.SelectMany(table => table is null ? [] : table.WeightOfEach())];
        var columns = EventColumns.Of(all);
        int[] Rows(Func<int, bool> belongs) => [.. Enumerable.Range(0, labels.Length).Where(belongs)];

        bool IsOfTemplate(int row) => labels[row] < templates.Length;

        var fit = MulticlassClassifier.Fit(
            columns,
            Rows(row => IsOfTemplate(row) && part[row] > 1),
            Rows(row => IsOfTemplate(row) && part[row] == 1),
            labels,
            templates.Length,
            weights,
            new MulticlassOptions(),
            stream("network"),
            threads,
            cancellation);
        if (fit.Classifier is not { } classifier)
        {
            return null;
        }

        var means = new Measured[templates.Length, truth is null ? templates.Length : templates.Length + 1];
        for (var s = 0; s < means.GetLength(1); s++)
        {
            var sample = s;
            var held = Rows(row => labels[row] == sample && (sample == templates.Length || part[row] == 0));
            var posterior = classifier.LogPosterior(columns, held);
            for (var c = 0; c < templates.Length; c++)
            {
                means[c, s] = Mean(posterior[c], held, weights);
            }
        }

        return means;
    }

    private static Measured Mean(double[] values, int[] rows, double[] weights)
    {
        var (sum, weight) = (0.0, 0.0);
        for (var i = 0; i < rows.Length; i++)
        {
            (sum, weight) = (sum + (weights[rows[i]] * values[i]), weight + weights[rows[i]]);
        }

        return weight > 0 ? Measured.Of(sum / weight) : Measured.Undefined("no events with weight");
    }
}
