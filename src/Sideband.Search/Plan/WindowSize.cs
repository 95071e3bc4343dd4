using Sideband.Events;
using Sideband.Search.Settings;

namespace Sideband.Search.Plan;

/// <summary>Numbers of events of a window in one sample.</summary>
/// <param name="Data">N_SR.</param>
/// <param name="Template">N_BT.</param>
/// <param name="Target">Events of class 1 where these are not the data.</param>
internal sealed record WindowSize(MassWindow Window, int Data, int Template, int? Target)
{
    // CPU seconds of one classifier: measured on one core of a 2.x GHz server, see docs/performance.md.
    private const double SecondsPerClassifier = 0.003;
    private const double SecondsPerTrainedRow = 2.3e-7;

    /// <summary>Expected CPU seconds of one unit (one fold's ensemble).</summary>
    public double UnitCost(SearchSettings settings)
    {
        var rows = ((Target ?? Data) + Template) * (settings.Folds - 1.0) / settings.Folds;
        return settings.Members * (SecondsPerClassifier + (SecondsPerTrainedRow * rows));
    }
}
