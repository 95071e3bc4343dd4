using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Learning.Densities;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Learned;

/// <summary>
/// The density of one window's sidebands, with how it was learned; of few events two, of a half each (<see cref="LongSidebands"/>). The
/// first draws what a classifier is trained on, maps to the latent variables and gives the likelihood; training curves are its.
/// </summary>
public sealed record DensityProduct : TrainedProduct, IStageProduct<DensityProduct>
{
    private const string Name = "density";

    /// <summary>The density of the other half, which draws what sets thresholds; empty where one density does all.</summary>
    public byte[] Other { get; init; } = [];

    /// <summary>True where there are two densities.</summary>
    public bool IsHalved => Other.Length > 0;

    /// <summary>Numbers, from 0, of the epochs that the density consists of.</summary>
    public int[] PooledEpochs { get; init; } = [];

    /// <summary>Events of the sidebands that the density cannot describe and that were left out of its training.</summary>
    public int Undescribed { get; init; }

    /// <param name="fits">The trainings, one or two.</param>
    /// <param name="failure">Why one failed, in words of the events' features; null where none did.</param>
    public static DensityProduct Of(IReadOnlyList<DensityFit> fits, string? failure)
    {
        ArgumentNullException.ThrowIfNull(fits);
        byte[][] trained = [.. fits.Select(fit => Saved(failure is null ? fit.Density!.Save : null))];
        return new DensityProduct
        {
            Failure = failure,
            Trained = trained[0],
            Other = trained.Length > 1 ? trained[1] : [],
            TrainingLoss = [.. fits[0].TrainingLoss],
            ValidationLoss = [.. fits[0].ValidationLoss],
            PooledEpochs = [.. fits[0].PooledEpochs],
            Undescribed = fits.Sum(fit => fit.Undescribed),
        };
    }

    /// <summary>The density, ready to be used.</summary>
    /// <exception cref="InputDataException">Its bytes are of another version.</exception>
    public IConditionalDensity Load(IDensityEngine engine) => Load(engine.Load, Name);

    /// <summary>That and the density of the other half; the same twice where there is one.</summary>
    /// <exception cref="InputDataException">Their bytes are of another version.</exception>
    public (IConditionalDensity First, IConditionalDensity Other) LoadBoth(IDensityEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var first = Load(engine);
        return (first, IsHalved ? Load(Other, engine.Load, Name) : first);
    }

    public override void Pack(NpzWriter archive)
    {
        PackTrained(archive, Name);
        archive.Add<int>("pooled_epochs", PooledEpochs);
        archive.Add<byte>("other_density", Other);
        archive.Add<int>("undescribed", [Undescribed]);
    }

    public static DensityProduct Unpack(NpzFile file) => UnpackTrained<DensityProduct>(file, Name) with
    {
        PooledEpochs = file.Read<int>("pooled_epochs"),
        Other = file.Read<byte>("other_density"),
        Undescribed = file.Read<int>("undescribed")[0],
    };
}
