using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Learning.Densities;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Learned;

/// <summary>The density of one window's sidebands, with how it was learned.</summary>
public sealed record DensityProduct : TrainedProduct, IStageProduct<DensityProduct>
{
    private const string Name = "density";

    /// <summary>Numbers, from 0, of the epochs that the density consists of.</summary>
    public int[] PooledEpochs { get; init; } = [];

    /// <summary>Events of the sidebands that the density cannot describe and that were left out of its training.</summary>
    public int Undescribed { get; init; }

    /// <param name="fit">The training.</param>
    /// <param name="failure">Its failure, in words of the events' features.</param>
    public static DensityProduct Of(DensityFit fit, string? failure) => new()
    {
        Failure = failure,
        Trained = Saved(fit.Density is { } density ? density.Save : null),
        TrainingLoss = [.. fit.TrainingLoss],
        ValidationLoss = [.. fit.ValidationLoss],
        PooledEpochs = [.. fit.PooledEpochs],
        Undescribed = fit.Undescribed,
    };

    /// <summary>The density, ready to be used.</summary>
    /// <exception cref="InputDataException">Its bytes are of another version.</exception>
    public IConditionalDensity Load(IDensityEngine engine) => Load(engine.Load, Name);

    public override void Pack(NpzWriter archive)
    {
        PackTrained(archive, Name);
        archive.Add<int>("pooled_epochs", PooledEpochs);
        archive.Add<int>("undescribed", [Undescribed]);
    }

    public static DensityProduct Unpack(NpzFile file) => UnpackTrained<DensityProduct>(file, Name) with
    {
        PooledEpochs = file.Read<int>("pooled_epochs"),
        Undescribed = file.Read<int>("undescribed")[0],
    };
}
