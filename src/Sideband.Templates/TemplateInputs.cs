using Sideband.Events;
using Sideband.Templates.Cwola;

namespace Sideband.Templates;

/// <summary>What a method may use.</summary>
/// <param name="Data">The searched sample: data or, for delta_sys, pseudo-data.</param>
/// <param name="IdealBackground">Simulated background of the data's own distribution, or null.</param>
/// <param name="Signal">Signal events for the supervised reference, or null.</param>
/// <param name="SidebandWidth">Width of the short sidebands, in the unit of the mass.</param>
/// <param name="SidebandBalance">How the short sidebands are weighted against each other.</param>
public sealed record TemplateInputs(
    EventTable Data, EventTable? IdealBackground, EventTable? Signal, double SidebandWidth, SidebandBalance SidebandBalance = SidebandBalance.None);
