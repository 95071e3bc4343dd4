using System.Text.Json.Serialization;
using Sideband.Events;
using Sideband.Events.Simulation;
using Sideband.Numerics;
using Sideband.Search.Inputs;
using Sideband.Templates;

namespace Sideband.Search.Experiments;

/// <summary>Events of the built-in simulator, others in every experiment.</summary>
/// <param name="Request">Numbers of events and their kind; its seed is replaced by the experiment's, its features by the data's.</param>
public sealed record SimulatedDijets(SimulationRequest Request) : ExperimentSource
{
    public override IReadOnlyList<InputRole> Origins => [];

    [JsonIgnore]
    public override bool IsSimulated => true;

    public override double CopiesKept(SearchInputs inputs) => 0;

    public override EventTable Events(Func<InputRole, EventTable> inputs, Func<string, RandomStream> stream) => DijetSimulator
        .Generate(Request with { Seed = stream("events").NextUInt64(), Features = inputs(InputRole.Data).FeatureNames })
        .Canonical();
}
