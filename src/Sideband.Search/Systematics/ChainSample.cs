using Sideband.Events;
using Sideband.Templates;

namespace Sideband.Search.Systematics;

/// <summary>A sample that the whole chain is run on.</summary>
/// <param name="Name">In names of units and random streams.</param>
/// <param name="Source">The input that its events are taken from.</param>
public sealed record ChainSample(string Name, InputRole Source)
{
    /// <summary>The searched events.</summary>
    public static ChainSample Data { get; } = new("data", InputRole.Data);

    /// <summary>Pseudo-data, for the Monte Carlo estimate of delta_sys.</summary>
    public static ChainSample MonteCarlo { get; } = new("mc", InputRole.MonteCarlo);

    /// <summary>
    /// The searched events outside of the signal region, cut to N_SR of them at random, against a template drawn at their masses: the
    /// sideband estimate of delta_sys, which never looks into the signal region.
    /// </summary>
    public static ChainSample Sideband { get; } = new("sideband", InputRole.Data) { OutsideOfRegion = true };

    /// <summary>The searched events without those of the signal region: the strip below it is searched in its place.</summary>
    public static ChainSample StripBelow { get; } = new("strip below", InputRole.Data) { Strip = strips => strips.Lower };

    /// <summary>Likewise, the strip above it.</summary>
    public static ChainSample StripAbove { get; } = new("strip above", InputRole.Data) { Strip = strips => strips.Upper };

    /// <summary>
    /// Half of the simulation, made like the data (<see cref="Units.DistortionStage"/>); the other half is its simulation.
    /// </summary>
    public static ChainSample Halves { get; } = new("halves", InputRole.Simulation) { IsDistorted = true };

    /// <summary>True where searched events and simulation are halves of the simulation.</summary>
    public bool IsDistorted { get; private init; }

    /// <summary>True where the events that are searched are drawn from all outside of the signal region.</summary>
    public bool OutsideOfRegion { get; private init; }

    /// <summary>Of the two strips beside a window the one that is searched; null where the window is.</summary>
    private Func<(MassInterval Lower, MassInterval Upper), MassInterval>? Strip { get; init; }

    /// <summary>What is searched where the search has a window.</summary>
    /// <param name="window">The search's window.</param>
    /// <param name="stripWidth">Width of a strip, in the unit of the mass; null: half the window's.</param>
    public MassWindow InPlaceOf(MassWindow window, double? stripWidth) => Strip is null
        ? window
        : new MassWindow(window.Number, Strip(window.ShortSidebands(stripWidth))) { Hidden = window.SignalRegion };

    /// <summary>The sample whose description, such as its density, this one shares.</summary>
    public ChainSample Origin => OutsideOfRegion ? Data : this;

    /// <summary>True where events of every mass are scored, not those of the region alone.</summary>
    public bool ScoresEveryMass => this == Data;

    /// <summary>All of them, in the order of their units.</summary>
    public static IReadOnlyList<ChainSample> All { get; } = [Data, MonteCarlo, Sideband, StripBelow, StripAbove, Halves];

    public override string ToString() => Name;
}
