using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Learning.Classifiers;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Salad;

/// <summary>The classifier of data against simulation in one window's sidebands, with how it was trained; losses are means.</summary>
public sealed record ReweightingProduct : TrainedProduct, IStageProduct<ReweightingProduct>
{
    private const string Name = "classifier";

    /// <param name="fits">Trainings of the networks, at least one; all succeeded.</param>
    public static ReweightingProduct Of(IReadOnlyList<NetworkClassifierFit> fits) => new()
    {
        Trained = Saved(new ClassifierScorer([.. fits.Select(fit => fit.Classifier!)]).Save),
        TrainingLoss = LossCurves.Mean(fits, fit => fit.TrainingLoss),
        ValidationLoss = LossCurves.Mean(fits, fit => fit.ValidationLoss),
    };

    /// <summary>The weights.</summary>
    /// <exception cref="InputDataException">The classifier's bytes are of another version.</exception>
    public SimulationReweighting Load() => new(Load(ClassifierScorer.Load, "classifier of data against simulation"));

    public override void Pack(NpzWriter archive) => PackTrained(archive, Name);

    public static ReweightingProduct Unpack(NpzFile file) => UnpackTrained<ReweightingProduct>(file, Name);
}
