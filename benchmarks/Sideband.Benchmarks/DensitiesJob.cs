using System.Diagnostics;
using System.Globalization;
using Sideband.Learning.Boosting;
using Sideband.Learning.Classifiers;
using Sideband.Learning.Densities;
using Sideband.Learning.Densities.FlowMatching;
using Sideband.Learning.Densities.Flows;
using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Networks;
using Sideband.Numerics;

namespace Sideband.Benchmarks;

/// <summary>
/// Processor time of training steps (loss and optimiser included) and of sampling, for the networks of benchmarks/densities.py; prints one
/// line of JSON: seconds and floating-point operations (of the dense layers, without masks) of one step or one event.
/// </summary>
internal static unsafe class DensitiesJob
{
    private const int Events = 50_000;

    public static int Run(string item, int steps)
    {
        var (seconds, operations, evaluations) = item switch
        {
            "cathode_maf" => Train(Maf(), 256, steps, 1e-4, 1e-6, 15 * 18_048),
            "sk_cathode_flow_matching" => Train(FlowMatching(), 256, steps, 1e-4, 1e-6, 377_728),
            "classifier_64_64_64" => Train(Classifier(), 128, steps, 1e-3, 0, 8_512),
            "coupling_spline_flow" => Train(Coupling(), 256, steps, 5e-4, 1e-5, 31_232),
            "cathode_maf_sampling" => SampleMaf(steps),
            "flow_matching_sampling" => SampleFlowMatching(steps),
            _ => throw new ArgumentException($"no benchmark {item}"),
        };
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $$"""{"cpu": {{seconds:E6}}, "flop": {{operations:E6}}, "evaluations": {{evaluations}}}"""));
        return 0;
    }

    private const int ValidationEvents = 1000;

    private static int[] TrainingRows => [.. Enumerable.Range(0, Events - ValidationEvents)];

    private static FlowTraining Maf()
    {
        var network = FlowNetwork.Create(new FlowShape(DensityKind.Maf, 4, 128, 15));
        network.Initialise(RandomStream.For(1, "maf"));
        return new FlowTraining(network, Standardised(4));
    }

    private static FlowTraining Coupling()
    {
        var network = FlowNetwork.Create(new FlowShape(DensityKind.Spline, 5, 32, 8, 10, Coupling: true));
        network.Initialise(RandomStream.For(1, "coupling"));
        return new FlowTraining(network, Standardised(5));
    }

    private static FlowMatchingTraining FlowMatching()
    {
        // Four perceptrons with ELU between their layers and none at their ends; time and mass go into each one's first layer.
        var network = new VelocityNetwork(3, 1, (p, context) => new LayerChain(
            new DenseLayer(p, 4, 64, Activation.Elu, context),
            new DenseLayer(p, 64, 64, Activation.Elu),
            new DenseLayer(p, 64, 64, Activation.None),
            new DenseLayer(p, 64, 256, Activation.Elu, context),
            new DenseLayer(p, 256, 256, Activation.Elu),
            new DenseLayer(p, 256, 256, Activation.None),
            new DenseLayer(p, 256, 256, Activation.Elu, context),
            new DenseLayer(p, 256, 256, Activation.Elu),
            new DenseLayer(p, 256, 256, Activation.None),
            new DenseLayer(p, 256, 64, Activation.Elu, context),
            new DenseLayer(p, 64, 64, Activation.Elu),
            new DenseLayer(p, 64, 4, Activation.None)));
        network.Layers.Initialise(RandomStream.For(1, "velocity"));
        var events = Standardised(4);
        int[] validation = [.. Enumerable.Range(TrainingRows.Length, events.Count - TrainingRows.Length)];
        RandomStream[] shards = [.. Enumerable.Range(0, 8).Select(i => RandomStream.For(1, $"shard {i}"))];
        var stream = RandomStream.For(1, "validation");
        var ends = new NoiseEnds(events, TrainingRows, validation, shards, stream);
        return new FlowMatchingTraining(network, ends, validation, shards, stream);
    }

    private static ClassifierTraining Classifier()
    {
        var network = new ClassifierNetwork(4, new NetworkClassifierOptions());
        network.Layers.Initialise(RandomStream.For(1, "classifier"));
        var events = Standardised(4);
        return new ClassifierTraining(
            network,
            events.Features,
            [.. Enumerable.Range(0, events.Count).Select(i => i % 2 == 0 ? 1f : -1f)],
            [RandomStream.For(1, "noise")]);
    }

    /// <summary>
    /// The trainer's loop without its bookkeeping: seconds of a step after a second of warming up, with the step's part of what is done
    /// once an epoch.
    /// </summary>
    private static (double Seconds, double Operations, int Evaluations) Train(
        ITrainable model, int batch, int steps, double rate, double weightDecay, double multiplications)
    {
        var shards = model.MixesRows ? 1 : batch / 128;
        model.Prepare(shards, batch / shards);
        model.Refresh();
        var optimiser = new Optimiser(model.Parameters, weightDecay, decoupled: false);
        var gradients = Enumerable.Range(0, shards).Select(_ => new AlignedArray<float>(model.Parameters.Count)).ToArray();
        foreach (var gradient in gradients)
        {
            gradient.Span.Clear();
        }

        var rows = TrainingRows;
        using var team = new ShardTeam(1);
        RandomStream.For(1, "shuffle").Shuffle(rows.AsSpan());
        void Steps(int count)
        {
            for (var step = 0; step < count; step++)
            {
                var start = step * batch % (rows.Length - batch);
                for (var shard = 0; shard < shards; shard++)
                {
                    _ = model.Step(shard, rows.AsSpan(start + (shard * batch / shards), batch / shards), batch, gradients[shard].Pointer);
                }

                optimiser.Step(gradients, shards, rate, 0, team);
                model.Refresh();
            }
        }

        WarmUp(() => Steps(10));
        model.BeginEpoch(team);
        var begin = Measure(() => model.BeginEpoch(team)) / (rows.Length / batch);
        return (begin + (Measure(() => Steps(steps)) / steps), 6 * multiplications * batch, 0);
    }

    private static (double Seconds, double Operations, int Evaluations) SampleMaf(int events)
    {
        var (features, mass) = Toy(4);
        var (data, _) = FittingData.Of(features, mass, 0.1, RandomStream.For(1));
        var network = FlowNetwork.Create(new FlowShape(DensityKind.Maf, 4, 128, 15));
        network.Initialise(RandomStream.For(1, "maf"));
        network.Refresh();
        return Sample(new FlowDensity(data!.Scaling, data.MassScaling, [network]), events, 2 * 15 * 18_048, 0);
    }

    private static (double Seconds, double Operations, int Evaluations) SampleFlowMatching(int events)
    {
        var (features, mass) = Toy(5);
        var options = DensityOptions.Recommended(DensityKind.FlowMatching) with { Epochs = 4, PooledEpochs = 1 };
        var density = (IFlowMatchingDensity)DensityTrainer.Fit(
            options, features, mass, RandomStream.For(1), 1, CancellationToken.None).Density!;
        var context = VelocityNetwork.ContextWidth(options.TimeFrequencies);
        var multiplications = ((5 + context) * options.HiddenWidth) + (5 * options.HiddenWidth)
            + (options.Blocks * options.HiddenWidth * ((2 * options.HiddenWidth) + context));
        return Sample(density, events, 2.0 * multiplications * density.Evaluations, density.Evaluations);
    }

    private static (double Seconds, double Operations, int Evaluations) Sample(
        IConditionalDensity density, int events, double operations, int evaluations)
    {
        double[] mass = [.. Enumerable.Range(0, events).Select(i => 3 + (i % 1000 / 1000.0))];
        WarmUp(() => density.Sample(mass.AsSpan(0, 1000), RandomStream.For(1)));
        return (Measure(() => density.Sample(mass, RandomStream.For(2))) / events, operations, evaluations);
    }

    private static void WarmUp(Action action)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 1.5;)
        {
            action();
        }
    }

    private static double Measure(Action action)
    {
        var start = Process.GetCurrentProcess().TotalProcessorTime;
        action();
        return (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds;
    }

    private static StandardisedEvents Standardised(int dimensions)
    {
        var (features, mass) = Toy(dimensions);
        var (data, failure) = FittingData.Of(features, mass, 0.1, RandomStream.For(1));
        return data?.Events ?? throw new InvalidOperationException(failure);
    }

    /// <summary>Features that bend and widen with the mass.</summary>
    private static (float[][] Features, double[] Mass) Toy(int dimensions)
    {
        var stream = RandomStream.For(1, "toy");
        float[][] features = [.. Enumerable.Range(0, dimensions).Select(_ => new float[Events])];
        var mass = new double[Events];
        for (var i = 0; i < Events; i++)
        {
            mass[i] = 3 + stream.NextDouble();
            for (var f = 0; f < dimensions; f++)
            {
                var before = f == 0 ? mass[i] : features[f - 1][i];
                features[f][i] = (float)((0.3 * before * before) + ((0.5 + (0.1 * before)) * stream.NextGaussian()));
            }
        }

        return (features, mass);
    }
}
