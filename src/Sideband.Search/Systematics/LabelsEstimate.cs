using Sideband.Events;
using Sideband.Templates;

namespace Sideband.Search.Systematics;

/// <summary>The data's own events of label 0: the true shift, known only on simulation (the paper's delta_sys^data).</summary>
public sealed record LabelsEstimate() : ShiftEstimate("labels")
{
    public override bool ScoresDataEverywhere => true;

    public override bool HasSpread => true;

    public override void Require(EstimateSituation situation)
    {
        if (!situation.Inputs.HasLabels(InputRole.Data))
        {
            throw new ConfigurationException(
                "systematics: 'labels' needs data with a label column; allowed without: mc, none, or one number per working point");
        }

        if (situation.Blind)
        {
            throw new ConfigurationException("systematics: 'labels' scores the data in the signal region, which a blind search does not; "
                + "allowed with --blind: mc, none, or one number per working point");
        }
    }

    public override EstimatedShift Of(EstimateCounts counts) => EstimatedShift.Over(Name, counts.Labelled!);
}
