using System.Globalization;
using Sideband.Events;
using Sideband.Events.Simulation;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Learned;

namespace Sideband.Validation;

/// <summary>
/// Kullback-Leibler divergence per event, mean of ln p(x | m) - ln q(x | m) over fresh events of p, of a density q learned on simulated
/// dijets whose density p is known in closed form. validation/density starts it.
/// </summary>
internal static class DivergenceJob
{
    private const int TestEvents = 100_000;

    public static void Run(int events, string features, DensityKind kind, string recipe, int threads)
    {
        string[] names = [.. FeatureSets.Resolve(features)];
        EventTable Simulate(int count, ulong seed) => DijetSimulator.Generate(new SimulationRequest
        {
            Events = count,
            Seed = seed,
            Features = names,
        });

        var (training, test) = (Simulate(events, 1), Simulate(TestEvents, 2));
        var start = Environment.CpuUsage.TotalTime.TotalSeconds;
        var fit = DensityTrainer.Fit(
            DensityRecipe.Parse(recipe).For(kind),
            DrawnEvents.Features(training),
            training.Mass,
            RandomStream.For(1, "divergence"),
            threads,
            CancellationToken.None);
        var seconds = Environment.CpuUsage.TotalTime.TotalSeconds - start;
        var density = fit.Density ?? throw new InputDataException($"divergence: {fit.Failure}");
        var truth = DijetDensity.Background(DijetBackground.Default).Marginal(names);
        var (mean, error, outside) = Of(test);
        var (ofTraining, _, _) = Of(training);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{DensityKinds.NameOf(kind)} {recipe} {features}: {events} simulated events, fit {seconds:F0} CPU s, "
            + $"{fit.ValidationLoss.Count} passes, best {fit.PooledEpochs[0] + 1} with {fit.ValidationLoss.Min():F4}, "
            + $"KL {mean:F4} +- {error:F4} per event ({outside} of {test.Count} outside of the range learned), "
            + $"of the training events {ofTraining:F4}"));

        (double Mean, double Error, int Outside) Of(EventTable fresh)
        {
            var columns = DrawnEvents.Features(fresh);
            var learned = new double[fresh.Count];
            density.LogDensity(columns, fresh.Mass, learned);
            var (sum, squares, count) = (0.0, 0.0, 0);
            var x = new double[names.Length];
            for (var i = 0; i < fresh.Count; i++)
            {
                if (!double.IsFinite(learned[i]))
                {
                    continue;
                }

                for (var f = 0; f < x.Length; f++)
                {
                    x[f] = columns[f][i];
                }

                var difference = truth.LogConditional(fresh.Mass[i], x) - learned[i];
                (sum, squares, count) = (sum + difference, squares + (difference * difference), count + 1);
            }

            var mean = sum / count;
            return (mean, Math.Sqrt(((squares / count) - (mean * mean)) / count), fresh.Count - count);
        }
    }
}
