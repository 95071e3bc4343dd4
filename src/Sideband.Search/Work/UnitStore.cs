using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;

namespace Sideband.Search.Work;

/// <summary>
/// Finished work units, one NPZ file each, named by the hash of all that the result depends on. Written whole or not at all, so
/// a killed run goes on where it was, and several runs may share a store.
/// </summary>
public sealed class UnitStore
{
    private readonly string _folder;

    /// <exception cref="ConfigurationException">The folder cannot be made.</exception>
    public UnitStore(string folder)
    {
        _folder = folder;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{folder}: the store cannot be made: {error.Message}", error);
        }
    }

    public bool Contains(string key) => File.Exists(PathOf(key));

    /// <summary>The finished unit, or null where there is none or its file is damaged (it is then done again).</summary>
    public UnitResult? Find(string key)
    {
        if (!Contains(key))
        {
            return null;
        }

        try
        {
            using var file = NpzFile.Open(PathOf(key));
            return Unpack(file);
        }
        catch (InputDataException)
        {
            File.Delete(PathOf(key));
            return null;
        }
    }

    /// <exception cref="OutputException">No space, or no permission.</exception>
    public void Put(string key, UnitResult result) => NpzWriter.Write(PathOf(key), archive =>
    {
        archive.Add<float>("data_scores", result.DataScores);
        archive.Add<float>("template_scores", result.TemplateScores);
        archive.Add<float>("test_scores", result.TestScores);
        archive.Add<int>("passing_spectrum", result.PassingSpectrum);
        archive.Add<int>("best_iterations", result.BestIterations);
        archive.Add<double>("training_loss", result.TrainingLoss);
        archive.Add<double>("validation_loss", result.ValidationLoss);
        archive.AddStrings("failed_members", result.FailedMembers);
        archive.AddStrings("failure", result.Failure is { } reason ? [reason] : []);
    });

    private static UnitResult Unpack(NpzFile file) => new()
    {
        DataScores = file.Read<float>("data_scores"),
        TemplateScores = file.Read<float>("template_scores"),
        TestScores = file.Read<float>("test_scores"),
        PassingSpectrum = file.Read<int>("passing_spectrum"),
        BestIterations = file.Read<int>("best_iterations"),
        TrainingLoss = file.Read<double>("training_loss"),
        ValidationLoss = file.Read<double>("validation_loss"),
        FailedMembers = file.ReadStrings("failed_members"),
        Failure = file.ReadStrings("failure") is [var reason] ? reason : null,
    };

    private string PathOf(string key) => Path.Combine(_folder, key + ".npz");
}
