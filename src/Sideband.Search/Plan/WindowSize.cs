using Sideband.Events;
using Sideband.Search.Settings;

namespace Sideband.Search.Plan;

/// <summary>Numbers of events of a window in one sample.</summary>
/// <param name="Data">N_SR.</param>
/// <param name="Template">N_BT: template events that set the thresholds.</param>
/// <param name="Target">Events of class 1 where these are not the data.</param>
/// <param name="Drawn">Events drawn to train on where the template is not folded; null where it is.</param>
/// <param name="Sidebands">Events outside of the signal region.</param>
internal sealed record WindowSize(MassWindow Window, int Data, int Template, int? Target, int? Drawn, int Sidebands)
{
    /// <summary>
    /// Events drawn to set the thresholds, in units of N_SR (methods.md, section 2). They count once, as distinct events, however
    /// many folds they serve.
    /// </summary>
    public const int ThresholdOversampling = 4;

    // CPU seconds of one classifier: measured on one core of a 2.x GHz server, see docs/performance.md.
    private const double SecondsPerClassifier = 0.003;
    private const double SecondsPerTrainedRow = 2.3e-7;

    // The same of a network, for one row in one epoch.
    private const double SecondsPerNetworkRow = 1.2e-6;

    /// <summary>Expected CPU seconds of one fold's ensemble.</summary>
    public double FoldCost(SearchSettings settings)
    {
        var share = (settings.Folds - 1.0) / settings.Folds;
        var rows = Drawn is { } drawn ? drawn + (share * Data) : share * ((Target ?? Data) + Template);
        return settings.Classifier == ClassifierKind.Network
            ? settings.Members * settings.Profile.Network.Epochs * SecondsPerNetworkRow * rows
            : settings.Members * (SecondsPerClassifier + (SecondsPerTrainedRow * rows));
    }
}
