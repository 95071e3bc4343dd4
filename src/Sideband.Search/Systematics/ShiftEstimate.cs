using Sideband.Events;
using Sideband.Inference.Counting;

namespace Sideband.Search.Systematics;

/// <summary>
/// A way to estimate delta_sys: its name, the samples that the chain is run on for it, how their counts become a shift, and what it says
/// when it cannot be made. <see cref="ShiftEstimates"/> lists them.
/// </summary>
public abstract record ShiftEstimate(string Name)
{
    /// <summary>Samples on which the whole chain is run in every window that delta_sys is averaged over.</summary>
    public virtual IReadOnlyList<ChainSample> Samples => [];

    /// <summary>True where the data, too, are searched in every window that delta_sys is averaged over.</summary>
    public virtual bool ScoresDataEverywhere => false;

    /// <summary>True where the windows that delta_sys is averaged over mean something.</summary>
    public bool ReadsWindows => Samples.Count > 0 || ScoresDataEverywhere;

    /// <summary>True where the shift comes from several windows, so that it has a spread that sigma_sys can be made of.</summary>
    public virtual bool HasSpread => false;

    /// <summary>True where the shift is left out: only a sigma_sys that is given as a number enters errors beside counting.</summary>
    public virtual bool IsLeftOut => false;

    /// <summary>Refuses the estimate where the method or the inputs cannot make it.</summary>
    /// <exception cref="ConfigurationException">What to give instead.</exception>
    public virtual void Require(EstimateSituation situation)
    {
    }

    /// <summary>The estimate.</summary>
    /// <param name="counts">Signal-free counts of the samples, and how many background efficiencies there are.</param>
    public abstract EstimatedShift Of(EstimateCounts counts);
}

/// <summary>What estimates are made of.</summary>
/// <param name="Efficiencies">Background efficiencies, the working points first.</param>
/// <param name="Of">Per sample the windows and, for each, the signal-free counts [efficiency][run].</param>
/// <param name="Labelled">
/// The data's own events of label 0 in the windows that delta_sys is averaged over; null where labels are unknown.
/// </param>
public sealed record EstimateCounts(
    IReadOnlyList<double> Efficiencies,
    Func<ChainSample, IReadOnlyList<(MassWindow Window, WindowCount[][] Counts)>> Of,
    IReadOnlyList<(MassWindow Window, WindowCount[][] Counts)>? Labelled);
