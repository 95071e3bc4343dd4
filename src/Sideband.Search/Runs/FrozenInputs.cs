using Sideband.Events;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;
using Sideband.Search.Settings;

namespace Sideband.Search.Runs;

/// <summary>
/// inputs.json: the settings and, by content, the inputs that a run was begun with. Whatever goes on from there must find the same.
/// </summary>
public static class FrozenInputs
{
    private const string SchemaName = "sideband.inputs/1";

    /// <summary>Notes settings and inputs of a new run; of one that was begun looks whether they are still the same.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="settings">Its settings as they stand in search.yaml, blind where the search was begun so.</param>
    /// <param name="accounts">What was read.</param>
    /// <exception cref="ConfigurationException">The settings changed; an input changed, came or went; with what to do.</exception>
    public static void Check(RunDirectory directory, SearchSettings settings, IReadOnlyList<InputResult> accounts)
    {
        FrozenInput[] now = [.. accounts.Select(account => new FrozenInput(account.Role, account.FileName, account.Rows, account.Sha256))];
        if (!File.Exists(directory.InputsFile))
        {
            JsonFile.Write(directory.InputsFile, new Content(SchemaName, SettingsWriter.Hash(settings), now));
            return;
        }

        CheckSettings(directory, settings);
        var before = Read(directory).Inputs;
        foreach (var input in now.Except(before))
        {
            var old = before.FirstOrDefault(other => other.Role == input.Role && other.File == input.File && other.Rows == input.Rows);
            throw new ConfigurationException(old is null
                ? $"{directory.Root}: {input.Role} {input.File} ({input.Rows} rows) is not an input that the search was begun with; "
                    + "start a new search with --out"
                : $"{directory.Root}: {input.File} ({input.Role}) changed since the search was begun "
                    + $"(SHA-256 {Start(old.Sha256)}... then, {input.Sha256[..8]}... now); "
                    + "put the old file back, or start a new search with --out");
        }

        if (before.Except(now).FirstOrDefault() is { } gone)
        {
            throw new ConfigurationException(
                $"{directory.Root}: the search was begun with {gone.Role} {gone.File}; start a new search with --out");
        }
    }

    /// <summary>Refuses settings that are not those that the run was begun with; nothing where it was not begun.</summary>
    /// <exception cref="ConfigurationException">They changed.</exception>
    public static void CheckSettings(RunDirectory directory, SearchSettings settings)
    {
        if (File.Exists(directory.InputsFile) && Read(directory).SettingsSha256 != SettingsWriter.Hash(settings))
        {
            throw new ConfigurationException($"{directory.SettingsFile}: changed since the search was begun; "
                + $"put it back as it was, or start a new search with 'sideband scan {directory.SettingsFile} --out NEW'");
        }
    }

    /// <summary>What the run was begun with.</summary>
    /// <exception cref="InputDataException">The file is damaged.</exception>
    internal static Content Read(RunDirectory directory)
    {
        try
        {
            return JsonFile.Read<Content>(directory.InputsFile, SchemaName, "the inputs of a run");
        }
        catch (InputDataException error)
        {
            throw new InputDataException(error.Message + "; the run's inputs cannot be checked, start a new search with --out", error);
        }
    }

    private static string Start(string hash) => hash[..Math.Min(8, hash.Length)];

    /// <param name="Schema">"sideband.inputs/1".</param>
    /// <param name="SettingsSha256">Hash of the settings.</param>
    /// <param name="Inputs">In the order in which they were read.</param>
    internal sealed record Content(string Schema, string SettingsSha256, IReadOnlyList<FrozenInput> Inputs);

    /// <param name="Role">data, inject, mc, ...</param>
    /// <param name="File">Name without folder.</param>
    /// <param name="Rows">The rows asked for, or "all".</param>
    /// <param name="Sha256">Hash of the whole file.</param>
    internal sealed record FrozenInput(string Role, string File, string Rows, string Sha256);
}
