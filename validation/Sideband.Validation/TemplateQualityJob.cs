using System.Globalization;
using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Learned;

namespace Sideband.Validation;

/// <summary>
/// How good a template is where it counts: a density learned on the sidebands draws events at the masses of the blinded signal region,
/// and an ensemble of trees tries to tell them from the true background there. validation/density starts it.
/// </summary>
internal static class TemplateQualityJob
{
    private const int Oversampling = 4;

    public static void Run(TemplateQualityOptions options)
    {
        var data = Load(options.Data, options);
        var region = data.In(options.Window);
        var background = region.Count;
        var truth = Load(options.Truth, options);
        Print(
            "truth, once as many",
            "",
            TemplateComparison.Of(
                DrawnEvents.Features(region),
                background,
                DrawnEvents.Features(truth.In(options.Window)),
                options,
                "truth"));

        if (options.Signal is { } signal)
        {
            data = data.Concat(Injection.Take(Load(signal, options), options.Injected, RandomStream.For(options.Seed, "draw")).Injected);
            region = data.In(options.Window);
        }

        var learned = options.OneModel
            ? data
            : data.Select(data.IndicesOutside(options.Window));
        double[] masses = [.. Enumerable.Range(0, Oversampling).SelectMany(_ => region.Mass.ToArray())];
        for (var number = 1; number <= options.Densities; number++)
        {
            var name = FormattableString.Invariant($"density {number}");
            var start = Environment.CpuUsage.TotalTime.TotalSeconds;
            var fit = DensityTrainer.Fit(
                options.Recipe.For(options.Kind),
                DrawnEvents.Features(learned),
                learned.Mass,
                RandomStream.For(options.Seed, name),
                options.Threads,
                CancellationToken.None);
            var fitted = Environment.CpuUsage.TotalTime.TotalSeconds;
            var density = fit.Density ?? throw new InputDataException($"{name}: {fit.Failure}");

            var stream = RandomStream.For(options.Seed, name, "samples");
            var samples = options.OneModel
                ? InterpolatedSampling.Sample(density, DrawnEvents.Features(learned), options.Window, masses, stream)
                : density.Sample(masses, stream);
            var sampled = Environment.CpuUsage.TotalTime.TotalSeconds;
            var quality = TemplateComparison.Of(DrawnEvents.Features(region), background, samples, options, name);
            Print(
                name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{DensityKinds.NameOf(options.Kind)} {options.Recipe}, fit {fitted - start:F0} CPU s, "
                    + $"{masses.Length / (sampled - fitted):F0} samples/CPU s, ln p {LogDensity(density, region):F4}"),
                quality);
        }
    }

    private static double LogDensity(IConditionalDensity density, EventTable region)
    {
        var some = region.Select([.. Enumerable.Range(0, Math.Min(20_000, region.Count))]);
        var values = new double[some.Count];
        density.LogDensity(DrawnEvents.Features(some), some.Mass, values);
        return values.Where(double.IsFinite).Average();
    }

    private static void Print(string name, string training, TemplateComparison quality) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-20} AUC {quality.Auc:F4}  KS {quality.Distance:F4}  "
        + $"delta_sys {quality.Shifts[0]:+0.000;-0.000} {quality.Shifts[1]:+0.000;-0.000} {quality.Shifts[2]:+0.000;-0.000}"
        + $"{Signal(quality)}  {training}").TrimEnd());

    private static string Signal(TemplateComparison quality) =>
        quality.Signal.Any(passing => passing > 0) ? $"  signal {string.Join(' ', quality.Signal)}" : "";

    private static EventTable Load(EventFileSpec file, TemplateQualityOptions options) =>
        EventReader.Load(file, new ColumnRequest("mjj", FeatureSets.Resolve(options.Features))).Events;
}
