using Sideband.Events;
using Sideband.Templates.Cwola;

namespace Sideband.Templates;

/// <summary>How a method's background template is made. One folder a method; <see cref="TemplateMethods"/> lists them.</summary>
public interface ITemplateMethod
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>The estimate of delta_sys that the method uses where nothing else is asked for (methods.md, section 3).</summary>
    DefaultSystematics DefaultSystematics { get; }

    /// <summary>True where the template is made of the searched sample alone, so that the whole chain can be repeated on pseudo-data.</summary>
    bool RepeatableOnMonteCarlo { get; }

    /// <summary>True where the template is right for features that depend on the mass.</summary>
    bool StandsMassDependence { get; }

    /// <summary>Checks, before anything is trained, that the inputs hold what the method needs.</summary>
    /// <exception cref="ConfigurationException">An input is missing; the message names the option that gives it.</exception>
    void Require(TemplateInputs inputs);

    /// <summary>Makes the training samples of one window.</summary>
    TemplateSamples Prepare(TemplateInputs inputs, MassWindow window);
}

/// <summary>What a method may use.</summary>
/// <param name="Data">The searched sample: data or, for delta_sys, pseudo-data.</param>
/// <param name="IdealBackground">Simulated background of the data's own distribution, or null.</param>
/// <param name="Signal">Signal events for the supervised reference, or null.</param>
/// <param name="SidebandWidth">Width of the short sidebands, in the unit of the mass.</param>
/// <param name="SidebandBalance">How the short sidebands are weighted against each other.</param>
public sealed record TemplateInputs(
    EventTable Data, EventTable? IdealBackground, EventTable? Signal, double SidebandWidth, SidebandBalance SidebandBalance = SidebandBalance.None);

/// <summary>The two classes that a classifier is trained on in one window. Both are folded by event identity.</summary>
/// <param name="Template">Background template in the signal region: class 0, and the sample that sets the thresholds.</param>
/// <param name="Target">Class 1; null stands for the data in the signal region, as in every weakly supervised method.</param>
public sealed record TemplateSamples(EventTable Template, EventTable? Target);

/// <summary>The default estimate of delta_sys of a method.</summary>
public enum DefaultSystematics
{
    /// <summary>The template is right by construction: delta_sys = sigma_sys = 0.</summary>
    Zero,

    /// <summary>The whole chain on simulation.</summary>
    MonteCarlo,
}
