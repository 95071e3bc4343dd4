namespace Sideband.Templates;

/// <summary>What the events of an input are for. Names are those of the settings and of results.json.</summary>
/// <param name="Name">The option's key, for example <c>ideal_background</c>.</param>
public sealed record InputRole(string Name)
{
    /// <summary>
    /// The sample that the chain is run on: the data or, for an estimate of delta_sys, pseudo-data. Methods ask for this one and never
    /// for the data themselves, so that the same code runs on both.
    /// </summary>
    public static InputRole Searched { get; } = new("searched");

    /// <summary>The events that are searched, injected signal included.</summary>
    public static InputRole Data { get; } = new("data");

    /// <summary>Pseudo-data: the Monte Carlo estimate of delta_sys, background of redraws.</summary>
    public static InputRole MonteCarlo { get; } = new("mc");

    /// <summary>Simulated background of the data's own distribution.</summary>
    public static InputRole IdealBackground { get; } = new("ideal_background");

    /// <summary>Simulated background that a method makes like the data.</summary>
    public static InputRole Simulation { get; } = new("simulation");

    /// <summary>Signal events for the supervised reference.</summary>
    public static InputRole Signal { get; } = new("signal");

    /// <summary>Labelled events that are never trained on.</summary>
    public static InputRole Test { get; } = new("test");

    /// <summary>Signal events that experiments inject; no method reads them.</summary>
    public static InputRole Injected { get; } = new("inject --signal");

    public override string ToString() => Name;
}
