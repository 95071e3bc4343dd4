using Sideband.Events;
using Sideband.Learning.Densities;

namespace Sideband.Templates;

/// <summary>
/// A way to make a background template: what it needs, and the three functions map, sample and score that it comes down to once
/// it is prepared (<see cref="IPreparedMethod"/>). One folder a method; <see cref="TemplateMethods"/> lists them.
/// </summary>
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

    /// <summary>
    /// The density of the long sidebands that the method learns before it can be prepared, for every run another one; null where the
    /// template consists of given events. With a density a template can be drawn at any mass, so in the sidebands too.
    /// </summary>
    DensityKind? DefaultDensity => null;

    /// <summary>True where the score is p_SR/p_SB, with p_SR learned per fold, in place of a classifier.</summary>
    bool ScoresByLikelihoodRatio => false;

    /// <summary>Checks, before anything is trained, that the inputs hold what the method needs.</summary>
    /// <exception cref="ConfigurationException">An input is missing; the message names the option that gives it.</exception>
    void Require(TemplateInputs inputs);

    /// <summary>The method's functions for one window.</summary>
    /// <param name="inputs">What it may use.</param>
    /// <param name="window">The window.</param>
    /// <param name="density">p(x | m) of the long sidebands where <see cref="DefaultDensity"/> is not null.</param>
    IPreparedMethod Prepare(TemplateInputs inputs, MassWindow window, IConditionalDensity? density);
}
