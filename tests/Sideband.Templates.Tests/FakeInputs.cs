using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Numerics;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Tests;

/// <summary>Inputs of one window made by hand: events by role, options by type, products by stage.</summary>
/// <param name="window">The window.</param>
/// <param name="tables">Events by role; <see cref="InputRole.Searched"/> is the searched sample.</param>
internal sealed class FakeInputs(MassWindow window, params (InputRole Role, EventTable? Events)[] tables)
    : IStageInputs, IMethodInputs, IEventCounts
{
    private readonly Dictionary<InputRole, EventTable> _tables =
        tables.Where(entry => entry.Events is not null).ToDictionary(entry => entry.Role, entry => entry.Events!);

    /// <summary>By their type.</summary>
    public IReadOnlyList<object> Options { get; init; } = [];

    public IDensityEngine Densities { get; init; } = new LearnedDensities();

    /// <summary>By stage.</summary>
    public Dictionary<string, IStageProduct> Products { get; } = [];

    public MassWindow Window => window;

    public int Searched => Region().Count;

    public bool Has(InputRole role) => _tables.ContainsKey(role);

    public bool HasLabels(InputRole role) =>
        _tables.TryGetValue(role == InputRole.Data ? InputRole.Searched : role, out var events) && events.HasLabels;

    public bool HasWeights(InputRole role) => _tables.TryGetValue(role, out var events) && events.HasWeights;

    public bool HasNegativeWeights(InputRole role) =>
        _tables.TryGetValue(role, out var events) && events.Weights.ToArray().Any(weight => weight < 0);

    public EventTable Events(InputRole role) => _tables[role];

    public EventTable Region() => Inside(InputRole.Searched, window.SignalRegion);

    public EventTable Scored() => Events(InputRole.Searched);

    public MassSpectrumEstimate Spectrum() => new(Region().Mass, window.SignalRegion);

    public T Option<T>()
        where T : class => Options.OfType<T>().Single();

    public T Product<T>(string stage)
        where T : class, IStageProduct => (T)Products[stage];

    public RandomStream Stream(params ReadOnlySpan<string> names) => RandomStream.For(1, names);

    public int All(InputRole role) => Events(role).Count;

    public int In(InputRole role, MassInterval interval, bool backgroundOnly = false)
    {
        var inside = Inside(role, interval);
        return backgroundOnly ? inside.Labels.ToArray().Count(label => label == 0) : inside.Count;
    }

    /// <summary>Does a method's stages, each product written and read again as a store does.</summary>
    public FakeInputs Done(ITemplateMethod method)
    {
        foreach (var stage in method.Stages)
        {
            Products[stage.Name] = Again(stage, stage.Run(this, 1, CancellationToken.None));
        }

        return this;
    }

    private static IStageProduct Again(IStage stage, IStageProduct product)
    {
        using var stream = new MemoryStream();
        using (var archive = new NpzWriter(stream))
        {
            product.Pack(archive);
        }

        using var file = NpzFile.Open(new MemoryStream(stream.ToArray(), writable: false), stage.Name);
        return stage.Unpack(file);
    }

    private EventTable Inside(InputRole role, MassInterval interval) => Events(role).In(interval);
}
