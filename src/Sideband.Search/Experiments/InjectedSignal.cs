using System.Text.Json.Serialization;
using Sideband.Events;
using Sideband.Events.Simulation;
using Sideband.Numerics;
using Sideband.Search.Inputs;
using Sideband.Templates;

namespace Sideband.Search.Experiments;

/// <summary>Background and signal events drawn anew: one redraw of an injection scan.</summary>
/// <param name="Count">Background events.</param>
/// <param name="Simulated">True: of the built-in simulator; false: rows of the Monte Carlo.</param>
/// <param name="WithReplacement">True: a row may come several times.</param>
/// <param name="SignalOfFile">True: signal rows of <see cref="InputRole.Injected"/>, each once; false: of the simulator.</param>
/// <param name="Strength">s: mean of the Poisson number of signal events over all masses.</param>
public sealed record InjectedSignal(int Count, bool Simulated, bool WithReplacement, bool SignalOfFile, double Strength) : ExperimentSource
{
    public override IReadOnlyList<InputRole> Origins =>
    [
        .. Simulated ? Array.Empty<InputRole>() : [InputRole.MonteCarlo],
        .. SignalOfFile ? [InputRole.Injected] : Array.Empty<InputRole>(),
    ];

    [JsonIgnore]
    public override bool IsSimulated => Simulated || !SignalOfFile;

    public override double CopiesKept(SearchInputs inputs) =>
        Simulated ? 0 : DrawnRows.PartOf(inputs.Tables[InputRole.MonteCarlo], Count, WithReplacement);

    /// <exception cref="ConfigurationException">Fewer signal events than are to be injected.</exception>
    public override EventTable Events(Func<InputRole, EventTable> inputs, Func<string, RandomStream> stream)
    {
        var signal = (int)stream("strength").NextPoisson(Strength);
        var request = new SimulationRequest
        {
            Events = Simulated ? Count : 0,
            Signal = SignalOfFile ? 0 : signal,
            Seed = stream("events").NextUInt64(),
            Features = inputs(InputRole.Data).FeatureNames,
        };
        EventTable?[] parts =
        [
            request.Events + request.Signal > 0 ? DijetSimulator.Generate(request) : null,
            Simulated ? null : DrawnRows
                .Draw(inputs(InputRole.MonteCarlo), Count, WithReplacement, InputRole.MonteCarlo, stream("events"))
                .Labelled(0),
            SignalOfFile ? DrawnRows.Draw(inputs(InputRole.Injected), signal, false, InputRole.Injected, stream("injection")) : null,
        ];
        return parts.OfType<EventTable>().Aggregate((all, part) => all.Concat(part)).Canonical();
    }
}
