using System.Globalization;
using Sideband.Events;
using Sideband.Inference.Metrics;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Cathode;
using Sideband.Templates.LaCathode;
using Sideband.Templates.Learned;
using Sideband.Templates.Scoring;

namespace Sideband.Validation;

/// <summary>
/// How far a cut on the score changes the shape of the mass spectrum of background (LaCATHODE, arXiv:2210.14924, section IV): chi2 per
/// degree of freedom in 300 bins of equal content, of several trainings, against random subsets. validation/sculpting starts it.
/// </summary>
internal static class SculptingJob
{
    private const int Oversampling = 4;
    private const int RandomSubsets = 100;
    private static readonly double[] Efficiencies = [1e-1, 1e-2];
    private static readonly LearnedTemplate[] Methods = [new LaCathodeTemplate(), new CathodeTemplate()];

    public static void Run(SculptingOptions options)
    {
        var data = EventReader.Load(options.Data, new ColumnRequest(options.Mass, FeatureSets.Resolve(options.Features))).Events;
        var sculpting = new Sculpting(data.Mass);
        var cuts = Methods.ToDictionary(method => method, _ => Efficiencies.Select(_ => new List<bool[]>()).ToArray());
        for (var training = 1; training <= options.Trainings; training++)
        {
            var density = Density(data, options, training);
            foreach (var method in Methods)
            {
                var passing = Passing(data, method, density, options, training);
                for (var e = 0; e < Efficiencies.Length; e++)
                {
                    cuts[method][e].Add(passing[e]);
                }
            }
        }

        foreach (var method in Methods)
        {
            for (var e = 0; e < Efficiencies.Length; e++)
            {
                Print($"{method.Name}, {data.Count} events, eps_B = {Efficiencies[e]}", cuts[method][e], sculpting, options.Seed);
            }
        }
    }

    private static IConditionalDensity Density(EventTable data, SculptingOptions options, int training)
    {
        var outside = data.Select(data.IndicesOutside(options.Window));
        var fit = DensityTrainer.Fit(
            options.Recipe.For(DensityKind.FlowMatching),
            DrawnEvents.Features(outside),
            outside.Mass,
            Stream(options, training, "density"),
            options.Threads,
            CancellationToken.None);
        return fit.Density ?? throw new InputDataException($"training {training}: {fit.Failure}");
    }

    /// <summary>
    /// [efficiency][event]: whether an event, at any mass, passes the threshold of its own fold; without an image it never does.
    /// </summary>
    private static bool[][] Passing(
        EventTable data, LearnedTemplate method, IConditionalDensity density, SculptingOptions options, int training)
    {
        var features = DrawnEvents.Features((method.ViewBy(density) ?? IEventView.Identity).Of(data).Events);
        var foldOf = new FoldAssignment(options.Seed, training, FoldedClassifiers.Folds).Of(data).ToArray();
        int[] usable = [.. Enumerable.Range(0, data.Count).Where(row => features.All(column => !float.IsNaN(column[row])))];
        int[] region = [.. usable.Where(row => options.Window.Contains(data.Mass[row]))];

        var spectrum = new MassSpectrumEstimate(data.Select(region).Mass, options.Window);
        float[][] Draw(string purpose) => DrawnEvents.Features(method.Draw(
            data,
            density,
            spectrum.Draw(Oversampling * region.Length, Stream(options, training, purpose + " masses")),
            Stream(options, training, purpose)));
        var (template, thresholds) = (Draw("template"), Draw("thresholds"));

        return FoldedClassifiers.Train(
            [.. features.Select(column => (float[])[.. region.Select(row => column[row])])],
            [.. region.Select(row => foldOf[row])],
            template,
            thresholds,
            options.Members,
            options.Threads,
            name => Stream(options, training, name)).Passing(features, usable, foldOf, Efficiencies);
    }

    private static void Print(string what, List<bool[]> trainings, Sculpting sculpting, ulong seed)
    {
        int[] counts = [.. trainings.Select(passes => passes.Count(pass => pass)).Order()];
        double[] values = [.. trainings.Select(passes => sculpting.Of(passes).Value ?? double.NaN).Order()];
        var band = sculpting.OfRandomSubsets(counts[counts.Length / 2], RandomSubsets, RandomStream.For(seed, "random subsets"));
        double Of(double[] ascending, double percent) => PercentileBand.Percentile(ascending, percent);
        var (median, low, high) = (Of(values, 50), Of(band, 2.5), Of(band, 97.5));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {counts[counts.Length / 2]} pass, chi2/{sculpting.Degrees} median {median:F3} "
            + $"(68 %: {Of(values, 16):F3} to {Of(values, 84):F3}) of {values.Length} trainings, random subsets {low:F3} to {high:F3}: "
            + $"{(median >= low && median <= high ? "inside" : "OUTSIDE")}"));
    }

    private static RandomStream Stream(SculptingOptions options, int training, string purpose) =>
        RandomStream.For(options.Seed, FormattableString.Invariant($"training {training}"), purpose);
}
