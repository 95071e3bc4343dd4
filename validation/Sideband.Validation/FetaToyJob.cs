using System.Globalization;
using Sideband.Events;
using Sideband.Events.Simulation;
using Sideband.Inference.Counting;
using Sideband.Learning.Transport;
using Sideband.Numerics;
using Sideband.Templates;
using Sideband.Templates.Learned;
using Sideband.Templates.Salad;

namespace Sideband.Validation;

/// <summary>
/// The toy of FETA (arXiv:2212.11285, tables II and III, figure 3): how well trees tell the target from the reference as it is, carried by
/// flow matching, and reweighted as SALAD does it, or from the reference carried by the paper's splines; transports and weights are
/// learned outside of the signal region. validation/feta-toy starts it.
/// </summary>
internal static class FetaToyJob
{
    private const int LearnedEvents = 100_000;
    private const int JudgedEvents = 200_000;
    private const int Bins = 75;
    private const double HighestX = 1.5;

    private static readonly (string Name, MassInterval Masses)[] Bands =
        [("SB1", new(0, 0.34)), ("SR", new(0.34, 0.66)), ("SB2", new(0.66, 1))];

    /// <param name="arguments">
    /// NAME=VALUE: <c>training</c>, its number, <c>threads</c>, <c>histogram</c>, a file that is written, and <c>transport</c>: that of
    /// splines is judged alone.
    /// </param>
    public static void Run(ReadOnlySpan<string> arguments)
    {
        var given = new NamedArguments(arguments, ["training", "threads", "histogram", "transport"]);
        var (training, threads) = (given.Whole("training", 1, 1), given.Whole("threads", 1, 1));
        var (reference, target) = (Draw(JudgedEvents, 2, target: false), Draw(JudgedEvents, 2, target: true));
        Console.WriteLine($"{LearnedEvents} events of each kind are learned, {JudgedEvents} others judged");
        ToyRow Carried(TransportKind kind) => FetaToyJob.Carried(kind, reference, training, threads);

        ToyRow[] rows = given.Text("transport", "flow-matching") switch
        {
            "flow-matching" =>
                [new("before", reference, []), Carried(TransportKind.FlowMatching), Weighted(reference, training, threads)],
            "spline" => [Carried(TransportKind.Spline)],
            var text => throw new ConfigurationException($"transport: '{text}' is not allowed; allowed: flow-matching, spline"),
        };
        foreach (var (name, masses) in Bands)
        {
            var truth = target.In(masses);
            foreach (var row in rows)
            {
                var auc = ToyComparison.Auc(truth, row, masses, Stream($"{row.Name} {name} {training}"), threads);
                Console.WriteLine($"{name} {row.Name}: AUC {auc:F4}, KS {ToyComparison.Distance(truth, row, masses):F4}");
            }
        }

        var inside = target.In(Bands[1].Masses).Feature(0).ToArray();
        Console.WriteLine($"target events of SR where the reference has none: {inside.Count(x => x > 1) / (double)inside.Length:F3}");
        if (given.Has("histogram"))
        {
            WriteHistogram(given.Text("histogram", ""), [new ToyRow("target", target, []), .. rows]);
        }
    }

    private static RandomStream Stream(string name) => RandomStream.For(1, "FETA toy", name);

    private static EventTable Draw(int events, ulong seed, bool target) => FetaToy.Generate(events, seed, target);

    private static EventTable Sidebands(bool target)
    {
        var events = Draw(LearnedEvents, 1, target);
        return events.Select(events.IndicesOutside(Bands[1].Masses));
    }

    private static ToyRow Carried(TransportKind kind, EventTable reference, int training, int threads)
    {
        static TransportSample Sample(EventTable events) => new(DrawnEvents.Features(events), events.Mass.ToArray());

        var known = kind == TransportKind.Spline ? Draw(LearnedEvents, 1, target: false) : Sidebands(target: false);
        var start = Environment.CpuUsage.TotalTime.TotalSeconds;
        var fit = TransportTrainer.AtOneMass(
            TransportOptions.Recommended(kind), Sample(known), Sample(Sidebands(target: true)), 0.5,
            Stream($"transport {training}"), threads, CancellationToken.None);
        var transport = fit.Transport ?? throw new InputDataException($"transport {training}: {fit.Failure}");
        var learned = Environment.CpuUsage.TotalTime.TotalSeconds - start;
        var images = transport.Map(DrawnEvents.Features(reference), reference.Mass.ToArray());
        int[] good = [.. Enumerable.Range(0, reference.Count).Where(i => float.IsFinite(images[0][i]))];
        Console.WriteLine($"transport: {fit.ValidationLoss.Count} passes in {learned:F0} CPU s, "
            + $"{reference.Count - good.Length} of {reference.Count} events without image");
        return new ToyRow(
            "carried", reference.Select(good).WithFeatures([Array.ConvertAll(good, i => images[0][i])]), []);
    }

    private static ToyRow Weighted(EventTable reference, int training, int threads)
    {
        var start = Environment.CpuUsage.TotalTime.TotalSeconds;
        var product = ReweightingStage.Learn(
            Sidebands(target: false), Sidebands(target: true),
            ReweightingOptions.Of(new OptionValues("standard", null, new Dictionary<string, string>())),
            name => Stream($"weights {training} {name}"), threads, CancellationToken.None);
        var learned = Environment.CpuUsage.TotalTime.TotalSeconds - start;
        var weights = product.Failure is null
            ? product.Load().Of(reference)
            : throw new InputDataException($"weights {training}: {product.Failure}");
        double[] inside = [.. weights.Where((_, i) => Bands[1].Masses.Contains(reference.Mass[i]))];
        Console.WriteLine($"weights: learned in {learned:F0} CPU s, {inside.Length} events of SR are worth "
            + $"{EventCount.Of(inside).EffectiveEvents:F0}, largest {inside.Max() / inside.Average():F0} times the mean");
        return new ToyRow("weighted", reference, weights);
    }

    private static void WriteHistogram(string path, params ToyRow[] rows)
    {
        using var file = new StreamWriter(path);
        file.WriteLine("band,sample,x,density");
        foreach (var (name, masses) in Bands)
        {
            foreach (var row in rows)
            {
                var density = ToyComparison.Histogram(row, masses, Bins, HighestX);
                for (var bin = 0; bin < Bins; bin++)
                {
                    file.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"{name},{row.Name},{(bin + 0.5) * HighestX / Bins:F3},{density[bin]:F4}"));
                }
            }
        }
    }
}
