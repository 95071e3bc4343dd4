using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;

namespace Sideband.Templates.Stages;

/// <summary>What was trained for one window, as bytes, with how it was trained.</summary>
public abstract record TrainedProduct : IStageProduct
{
    /// <summary>Why there is nothing; null where there is.</summary>
    public string? Failure { get; init; }

    /// <summary>What was trained, as it saved itself.</summary>
    public byte[] Trained { get; init; } = [];

    /// <summary>Training loss of each epoch.</summary>
    public double[] TrainingLoss { get; init; } = [];

    /// <summary>Validation loss after each epoch.</summary>
    public double[] ValidationLoss { get; init; } = [];

    /// <inheritdoc/>
    public abstract void Pack(NpzWriter archive);

    /// <summary>The bytes of what saves itself; none where there is nothing.</summary>
    protected static byte[] Saved(Action<Stream>? save)
    {
        using var bytes = new MemoryStream();
        save?.Invoke(bytes);
        return bytes.ToArray();
    }

    /// <summary>What was trained, ready to be used.</summary>
    /// <param name="load">Reads it; an <see cref="InvalidDataException"/> says that it cannot.</param>
    /// <param name="what">In words, for the message.</param>
    /// <exception cref="InputDataException">The bytes are of another version.</exception>
    protected T Load<T>(Func<Stream, T> load, string what) => Load(Trained, load, what);

    /// <summary>The same of other bytes.</summary>
    protected static T Load<T>(byte[] trained, Func<Stream, T> load, string what)
    {
        using var stream = new MemoryStream(trained, writable: false);
        try
        {
            return load(stream);
        }
        catch (InvalidDataException error)
        {
            throw new InputDataException($"a stored {what} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Writes these fields.</summary>
    /// <param name="archive">Takes them.</param>
    /// <param name="name">Of the bytes.</param>
    protected void PackTrained(NpzWriter archive, string name)
    {
        archive.Add<byte>(name, Trained);
        archive.Add<double>("training_loss", TrainingLoss);
        archive.Add<double>("validation_loss", ValidationLoss);
        archive.AddReason(Failure);
    }

    /// <summary>Reads what <see cref="PackTrained"/> wrote.</summary>
    protected static T UnpackTrained<T>(NpzFile file, string name)
        where T : TrainedProduct, new() => new()
        {
            Trained = file.Read<byte>(name),
            TrainingLoss = file.Read<double>("training_loss"),
            ValidationLoss = file.Read<double>("validation_loss"),
            Failure = file.ReadReason(),
        };
}
