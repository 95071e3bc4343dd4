using System.Text.Json;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Search.Experiments;

namespace Sideband.Search.Runs;

/// <summary>experiments.json of a run directory.</summary>
public static class ExperimentsFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>What was asked for so far; nothing where there is no file.</summary>
    /// <exception cref="InputDataException">Damaged, not readable, or of another version.</exception>
    public static RequestedExperiments Read(RunDirectory directory)
    {
        if (!File.Exists(directory.ExperimentsFile))
        {
            return RequestedExperiments.None;
        }

        try
        {
            return JsonSerializer.Deserialize<RequestedExperiments>(NamedFile.Bytes(directory.ExperimentsFile), Options)
                is { Schema: RequestedExperiments.SchemaName, Calibrations: not null } requested
                ? requested
                : throw new InputDataException(
                    $"{directory.ExperimentsFile}: the schema must be '{RequestedExperiments.SchemaName}'; "
                    + "remove the file and ask for the experiments again: finished ones are found");
        }
        catch (JsonException error)
        {
            throw new InputDataException(
                $"{directory.ExperimentsFile}: damaged; remove it and ask for the experiments again: finished ones are found", error);
        }
    }

    /// <summary>Writes the file, and its seal where the run has one: what was asked for decides what is collected.</summary>
    /// <exception cref="InputDataException">A sealed part was edited.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(RunDirectory directory, RequestedExperiments requested)
    {
        void WriteFile() => AtomicFile.Write(directory.ExperimentsFile, stream => JsonSerializer.Serialize(stream, requested, Options));

        if (File.Exists(directory.SealFile))
        {
            RunSeal.Change(directory, WriteFile);
        }
        else
        {
            WriteFile();
        }
    }
}
