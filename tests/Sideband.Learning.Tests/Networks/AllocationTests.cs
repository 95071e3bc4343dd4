using Sideband.Learning.Boosting;
using Sideband.Learning.Classifiers;
using Sideband.Learning.Densities;
using Sideband.Learning.Densities.FlowMatching;
using Sideband.Learning.Densities.Flows;
using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Networks;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Networks;

public unsafe class AllocationTests
{
    [Theory]
    [InlineData("flow matching")]
    [InlineData("maf")]
    [InlineData("spline")]
    [InlineData("coupling")]
    [InlineData("classifier")]
    public void A_training_step_allocates_nothing(string name)
    {
        var stream = RandomStream.For(1);
        var events = new StandardisedEvents(4, [.. Enumerable.Range(0, 800).Select(_ => (float)stream.NextGaussian())], new float[200]);
        var model = Model(name, events);
        model.Prepare(1, 100);
        model.Refresh();
        var gradients = new[] { new AlignedArray<float>(model.Parameters.Count) };
        gradients[0].Span.Clear();
        var optimiser = new Optimiser(model.Parameters, 0.01, decoupled: true, OptimiserKind.Muon);
        int[] rows = [.. Enumerable.Range(0, 100)];
        using var team = new ShardTeam(1);
        void Step()
        {
            model.BeginEpoch(team);
            _ = model.Step(0, rows, 100, gradients[0].Pointer);
            optimiser.Step(gradients, 1, 1e-3, 1, team);
            model.Refresh();
            _ = model.Evaluate(0, rows);
        }

        Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Step();
        Step();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static ITrainable Model(string name, StandardisedEvents events)
    {
        FlowTraining Flow(FlowShape shape)
        {
            var flow = FlowNetwork.Create(shape);
            flow.Initialise(RandomStream.For(2));
            return new FlowTraining(flow, events);
        }

        switch (name)
        {
            case "maf":
                return Flow(new FlowShape(DensityKind.Maf, 4, 32, 2));
            case "spline":
                return Flow(new FlowShape(DensityKind.Spline, 4, 32, 2, 8));
            case "coupling":
                return Flow(new FlowShape(DensityKind.Spline, 4, 32, 2, 8, Coupling: true));
            case "classifier":
                var classifier = new ClassifierNetwork(4, new NetworkClassifierOptions { Dropout = 0.1, BatchNormalisation = true });
                classifier.Layers.Initialise(RandomStream.For(2));
                return new ClassifierTraining(
                    classifier, events.Features, [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 1f : -1f)], [RandomStream.For(3)]);
            default:
                var velocity = new VelocityNetwork(4, 32, 2, 3);
                velocity.Layers.Initialise(RandomStream.For(2));
                int[] validation = [.. Enumerable.Range(100, 100)];
                var (shards, stream) = ((RandomStream[])[RandomStream.For(3)], RandomStream.For(4));
                var ends = new NoiseEnds(events, [.. Enumerable.Range(0, 100)], validation, shards, stream);
                return new FlowMatchingTraining(velocity, ends, validation, shards, stream);
        }
    }
}
