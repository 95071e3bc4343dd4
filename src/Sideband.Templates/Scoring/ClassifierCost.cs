using Sideband.Templates.Stages;

namespace Sideband.Templates.Scoring;

/// <summary>Expected CPU seconds of a fold's classifiers, all members.</summary>
public static class ClassifierCost
{
    // CPU seconds of one classifier: measured on one core of a 2.x GHz server, see docs/performance.md.
    private const double SecondsPerClassifier = 0.003;
    private const double SecondsPerTrainedRow = 2.3e-7;

    // The same of a network, for one row in one epoch.
    private const double SecondsPerNetworkRow = 1.2e-6;

    /// <param name="size">What they are trained on.</param>
    /// <param name="events">N_SR.</param>
    /// <param name="options">Folds and classifier.</param>
    public static double Of(TemplateSize size, int events, IOptionSource options)
    {
        var folds = options.Option<FoldOptions>().Folds;
        var classifier = options.Option<ClassifierOptions>();
        var share = (folds - 1.0) / folds;
        var rows = size.Drawn is { } drawn ? drawn + (share * events) : share * ((size.Target ?? events) + size.Template);
        return classifier.Network is { } network
            ? classifier.Members * network.Epochs * SecondsPerNetworkRow * rows
            : classifier.Members * (SecondsPerClassifier + (SecondsPerTrainedRow * rows));
    }
}
