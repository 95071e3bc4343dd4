using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Learning.Densities;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Learned;

/// <summary>The density of one window's sidebands, with how it was learned.</summary>
public sealed record DensityProduct : IStageProduct<DensityProduct>
{
    /// <summary>Why there is no density; null where there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>What <see cref="IConditionalDensity.Save"/> wrote.</summary>
    public byte[] Density { get; init; } = [];

    /// <summary>Training loss of each epoch.</summary>
    public double[] TrainingLoss { get; init; } = [];

    /// <summary>Validation loss after each epoch.</summary>
    public double[] ValidationLoss { get; init; } = [];

    /// <summary>Numbers, from 0, of the epochs that the density consists of.</summary>
    public int[] PooledEpochs { get; init; } = [];

    /// <summary>Events of the sidebands that the density cannot describe and that were left out of its training.</summary>
    public int Undescribed { get; init; }

    /// <summary>The density, ready to be used.</summary>
    /// <exception cref="InputDataException">Its bytes are of another version.</exception>
    public IConditionalDensity Load(IDensityEngine engine)
    {
        using var stream = new MemoryStream(Density, writable: false);
        try
        {
            return engine.Load(stream);
        }
        catch (InvalidDataException error)
        {
            throw new InputDataException($"a stored density cannot be read: {error.Message}", error);
        }
    }

    public void Pack(NpzWriter archive)
    {
        archive.Add<byte>("density", Density);
        archive.Add<double>("training_loss", TrainingLoss);
        archive.Add<double>("validation_loss", ValidationLoss);
        archive.Add<int>("pooled_epochs", PooledEpochs);
        archive.Add<int>("undescribed", [Undescribed]);
        archive.AddReason(Failure);
    }

    public static DensityProduct Unpack(NpzFile file) => new()
    {
        Density = file.Read<byte>("density"),
        TrainingLoss = file.Read<double>("training_loss"),
        ValidationLoss = file.Read<double>("validation_loss"),
        PooledEpochs = file.Read<int>("pooled_epochs"),
        Undescribed = file.Read<int>("undescribed")[0],
        Failure = file.ReadReason(),
    };
}
