using System.Globalization;
using System.Text;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Search.Results;
using Sideband.Search.Settings;

namespace Sideband.Search.Runs;

/// <summary>
/// The step from a blind search to its result: the settings are those that were frozen, and a file in the run directory holds
/// their hash and the time of the step.
/// </summary>
public static class Unblinding
{
    /// <summary>Unblinds a run.</summary>
    /// <param name="directory">The run; the blind results in it stay, under another name.</param>
    /// <param name="frozen">Its settings.</param>
    /// <param name="inputs">What was read, noted with the step.</param>
    /// <param name="commandLine">What opened it.</param>
    /// <param name="now">The time of the step.</param>
    /// <returns>The frozen settings without the blinding.</returns>
    /// <exception cref="ConfigurationException">The run is not blind, or its settings changed since it was unblinded.</exception>
    public static SearchSettings Unblind(
        RunDirectory directory,
        SearchSettings frozen,
        IReadOnlyList<InputResult> inputs,
        string commandLine,
        DateTimeOffset now)
    {
        var open = Opened(directory, frozen);
        var time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        RunSeal.Break(directory);
        OpeningLog.Append(directory, time, SettingsWriter.Hash(frozen), commandLine);
        if (!File.Exists(directory.UnblindedFile))
        {
            if (File.Exists(directory.ResultsFile))
            {
                var blind = NamedFile.Bytes(directory.ResultsFile);
                AtomicFile.Write(directory.BlindResultsFile, stream => stream.Write(blind));
            }

            var files = string.Concat(inputs.Select(input => $"input: {input.Role} {input.FileName} {input.Sha256}\n"));
            var text = $"settings_sha256: {SettingsWriter.Hash(frozen)}\ntime: {time}\n{files}";
            AtomicFile.Write(directory.UnblindedFile, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }

        return open;
    }

    /// <summary>The settings of a run as they are once it is unblinded; nothing is changed.</summary>
    /// <exception cref="ConfigurationException">The run is not blind, or its settings changed since it was unblinded.</exception>
    public static SearchSettings Opened(RunDirectory directory, SearchSettings frozen) => frozen.Blind
        ? Applied(directory, frozen) with { Blind = false }
        : throw new ConfigurationException($"{directory.Root}: --unblind needs a blind search; this one is not");

    /// <summary>The settings of a run, unblinded where that step was taken.</summary>
    /// <exception cref="ConfigurationException">The settings changed since the step.</exception>
    public static SearchSettings Applied(RunDirectory directory, SearchSettings settings)
    {
        if (Entry(directory, "settings_sha256") is not { } hash)
        {
            return settings;
        }

        return hash == SettingsWriter.Hash(settings)
            ? settings with { Blind = false }
            : throw new ConfigurationException(
                $"{directory.SettingsFile}: changed after the search was unblinded; restore it, or start a new search");
    }

    /// <summary>Refuses to go on blind with a search that is open.</summary>
    /// <exception cref="ConfigurationException">The run was unblinded.</exception>
    public static void RequireClosed(RunDirectory directory)
    {
        if (TimeOf(directory) is { } time)
        {
            throw new ConfigurationException(
                $"{directory.Root}: blind: the search was unblinded at {time} and stays open; "
                + $"'sideband scan {directory.Root}' goes on with it, a blind search needs another --out");
        }
    }

    /// <summary>When the run was unblinded; null where it was not.</summary>
    public static string? TimeOf(RunDirectory directory) => Entry(directory, "time");

    private static string? Entry(RunDirectory directory, string key) =>
        File.Exists(directory.UnblindedFile)
            ? NamedFile.Read(directory.UnblindedFile, File.ReadAllLines)
                .FirstOrDefault(line => line.StartsWith(key + ": ", StringComparison.Ordinal))?[(key.Length + 2)..]
            : null;
}
