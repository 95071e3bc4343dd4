using System.Globalization;
using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Cathode;
using Sideband.Templates.LaCathode;
using Sideband.Templates.Learned;

namespace Sideband.Validation;

/// <summary>
/// The curves of LaCATHODE's figures 4 to 8 (arXiv:2210.14924): per training and method chi2 of the mass spectrum against the selection's
/// efficiency, trained on background; SIC against eps_B, trained with signal injected; the spectrum behind a 1 % cut; chi2 of 100
/// random subsets. validation/lacathode_figures starts it and draws them.
/// </summary>
internal sealed class PaperFiguresJob(PaperFigureOptions options)
{
    private const int Oversampling = 4;
    private const int RandomSubsets = 100;
    private const int SpectrumBins = 60;
    private const double SpectrumCut = 0.01;

    private static readonly LearnedTemplate[] Learned = [new CathodeTemplate(), new LaCathodeTemplate()];
    private static readonly double[] Efficiencies =
        [.. Enumerable.Range(1, 12).Select(i => PortableMath.Exp(-0.25 * i * 2.302585092994046))];

    private readonly EventTable _data = Read(options.Data, options);
    private readonly EventTable _more = Read(options.Background, options);
    private readonly List<string> _curves = ["kind,method,training,efficiency,value"];

    public static void Run(PaperFigureOptions options) => new PaperFiguresJob(options).Run();

    private void Run()
    {
        var sculpting = new Sculpting(_data.Mass);
        var passing = new Dictionary<string, List<int>>();
        var spectra = new List<string> { "method,low,high,fraction" };
        Spectrum(spectra, "no cut", [.. Enumerable.Repeat(true, _data.Count)]);
        for (var training = 1; training <= options.Trainings; training++)
        {
            foreach (var (method, passes) in Cuts(_data, training, "background"))
            {
                for (var e = 0; e < Efficiencies.Length; e++)
                {
                    Curve("chi2", method, training, Efficiencies[e], sculpting.Of(passes[e]).Value);
                }

                var cut = Array.FindIndex(Efficiencies, value => Math.Abs((value / SpectrumCut) - 1) < 1e-9);
                (passing.TryGetValue(method, out var list) ? list : passing[method] = []).Add(passes[cut].Count(pass => pass));
                if (training == 1)
                {
                    Spectrum(spectra, method, passes[cut]);
                }
            }

            if (options.Signal is not null)
            {
                Sic(training);
            }

            Console.Error.WriteLine($"training {training} of {options.Trainings}");
        }

        foreach (var efficiency in Efficiencies)
        {
            var size = Math.Max(1, (int)Math.Round(efficiency * _data.Count));
            var band = sculpting.OfRandomSubsets(size, RandomSubsets, RandomStream.For(options.Seed, "random subsets"));
            for (var subset = 0; subset < band.Length; subset++)
            {
                Curve("chi2", "random subsets", subset + 1, efficiency, band[subset]);
            }
        }

        foreach (var (method, counts) in passing.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{method}: {_data.Count} events, {counts.Average():F0} pass at {SpectrumCut} in the mean"));
        }

        Directory.CreateDirectory(options.Out);
        File.WriteAllLines(Path.Combine(options.Out, "curves.csv"), _curves);
        File.WriteAllLines(Path.Combine(options.Out, "spectra.csv"), spectra);
    }

    // Of every method: [efficiency][event of the data].
    private IEnumerable<(string Method, bool[][] Passes)> Cuts(EventTable data, int training, string purpose)
    {
        var foldOf = new FoldAssignment(options.Seed, training, FoldedClassifiers.Folds).Of(data).ToArray();
        foreach (var (method, classifiers, map) in Trained(data, foldOf, training, purpose))
        {
            var features = map(data);
            int[] usable = [.. Enumerable.Range(0, data.Count).Where(row => features.All(column => !float.IsNaN(column[row])))];
            yield return (method, classifiers.Passing(features, usable, foldOf, Efficiencies));
        }
    }

    private void Sic(int training)
    {
        var signal = Read(options.Signal!, options with { Events = 0 });
        int[] order = [.. Enumerable.Range(0, signal.Count)];
        var stream = RandomStream.For(options.Seed, FormattableString.Invariant($"training {training}"), "injection");
        for (var i = 0; i < options.Injected; i++)
        {
            var j = i + stream.NextInt(order.Length - i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        var searched = _data.Concat(signal.Select(order.AsSpan(0, options.Injected))).Canonical();
        var rest = signal.Select(order.AsSpan(options.Injected));
        var testSignal = rest.In(options.Window);
        var testBackground = Half(1);
        var foldOf = new FoldAssignment(options.Seed, training, FoldedClassifiers.Folds).Of(searched).ToArray();
        foreach (var (method, classifiers, map) in Trained(searched, foldOf, training, "signal"))
        {
            var curve = RocCurve.Of(
                new ScoreDistribution(Defined(classifiers.MeanScores(map(testSignal)))),
                new ScoreDistribution(Defined(classifiers.MeanScores(map(testBackground)))));
            foreach (var efficiency in Efficiencies)
            {
                Curve("sic", method, training, efficiency, curve.SicAt(efficiency).Value);
            }
        }
    }

    // Events without an image have the lowest score: they never pass.
    private static float[] Defined(float[] scores) => Array.ConvertAll(scores, score => float.IsNaN(score) ? 0 : score);

    private IEnumerable<(string Method, FoldedClassifiers Classifiers, Func<EventTable, float[][]> Map)> Trained(
        EventTable data, byte[] foldOf, int training, string purpose)
    {
        RandomStream Stream(string name) => RandomStream.For(
            options.Seed, FormattableString.Invariant($"training {training}"), purpose, name);

        var region = data.IndicesIn(options.Window);
        byte[] folds = [.. region.Select(row => foldOf[row])];
        yield return (
            "ideal",
            Train(DrawnEvents.Features(data.Select(region)), folds, DrawnEvents.Features(Half(0)), DrawnEvents.Features(Half(1)), "ideal "),
            DrawnEvents.Features);

        var outside = data.Select(data.IndicesOutside(options.Window));
        var fit = DensityTrainer.Fit(
            options.Recipe.For(DensityKind.FlowMatching),
            DrawnEvents.Features(outside),
            outside.Mass,
            Stream("density"),
            options.Threads,
            CancellationToken.None);
        var density = fit.Density ?? throw new InputDataException($"training {training}: {fit.Failure}");
        var spectrum = new MassSpectrumEstimate(data.Select(region).Mass, options.Window);
        foreach (var method in Learned)
        {
            float[][] Map(EventTable events) =>
                DrawnEvents.Features((method.ViewBy(density) ?? Templates.Scoring.IEventView.Identity).Of(events).Events);
            float[][] Draw(string what) => DrawnEvents.Features(method.Draw(
                data, density, spectrum.Draw(Oversampling * region.Length, Stream(what + " masses")), Stream(what)));

            var mapped = Map(data.Select(region));
            int[] usable = [.. Enumerable.Range(0, region.Length).Where(row => mapped.All(column => !float.IsNaN(column[row])))];
            yield return (
                method.Name,
                Train(
                    [.. mapped.Select(column => (float[])[.. usable.Select(row => column[row])])],
                    [.. usable.Select(row => folds[row])],
                    Draw(method.Name + " template"),
                    Draw(method.Name + " thresholds"),
                    method.Name + " "),
                Map);
        }

        FoldedClassifiers Train(float[][] searched, byte[] own, float[][] template, float[][] thresholds, string name) =>
            FoldedClassifiers.Train(searched, own, template, thresholds, options.Members, options.Threads, member => Stream(name + member));
    }

    // The second background's window in two halves, by row.
    private EventTable Half(int which)
    {
        var inside = _more.In(options.Window);
        return inside.Select([.. Enumerable.Range(0, inside.Count).Where(i => inside.Rows[i] / 2 % 2 == which)]);
    }

    private void Curve(string kind, string method, int training, double efficiency, double? value) => _curves.Add(string.Create(
        CultureInfo.InvariantCulture, $"{kind},{method},{training},{efficiency:G6},{value:G6}"));

    private void Spectrum(List<string> rows, string method, bool[] passes)
    {
        var (low, high) = (_data.Mass.ToArray().Min(), _data.Mass.ToArray().Max());
        var (counts, width) = (new int[SpectrumBins], (high - low) / SpectrumBins);
        foreach (var i in Enumerable.Range(0, passes.Length).Where(i => passes[i]))
        {
            counts[Math.Min((int)((_data.Mass[i] - low) / width), SpectrumBins - 1)]++;
        }

        rows.AddRange(counts.Select((count, bin) => string.Create(
            CultureInfo.InvariantCulture,
            $"{method},{low + (bin * width):G6},{low + ((bin + 1) * width):G6},{count / (double)Math.Max(1, counts.Sum()):G6}")));
    }

    private static EventTable Read(EventFileSpec file, PaperFigureOptions options)
    {
        var events = EventReader.Load(file, new ColumnRequest(options.Mass, FeatureSets.Resolve(options.Features))).Events;
        var step = options.Events == 0 ? 1 : Math.Max(1, events.Count / options.Events);
        return events.Select([.. Enumerable.Range(0, events.Count).Where(i => i % step == 0)]).Canonical();
    }
}
