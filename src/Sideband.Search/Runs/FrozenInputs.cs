using System.Text.Json;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Search.Results;

namespace Sideband.Search.Runs;

/// <summary>inputs.json: the inputs that a run was begun with, by content. Whatever goes on from there must find the same.</summary>
public static class FrozenInputs
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Notes the inputs of a new run; of one that was begun looks whether they are still the same.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="accounts">What was read.</param>
    /// <exception cref="ConfigurationException">An input changed, came or went; it is named, with what to do.</exception>
    public static void Check(RunDirectory directory, IReadOnlyList<InputResult> accounts)
    {
        FrozenInput[] now = [.. accounts.Select(account => new FrozenInput(account.Role, account.FileName, account.Rows, account.Sha256))];
        if (!File.Exists(directory.InputsFile))
        {
            AtomicFile.Write(directory.InputsFile, stream => JsonSerializer.Serialize(stream, now, Options));
            return;
        }

        var before = Read(directory);
        foreach (var input in now.Except(before))
        {
            var old = before.FirstOrDefault(other => other.Role == input.Role && other.File == input.File && other.Rows == input.Rows);
            throw new ConfigurationException(old is null
                ? $"{directory.Root}: {input.Role} {input.File} ({input.Rows} rows) is not an input that the search was begun with; "
                    + "start a new search with --out"
                : $"{directory.Root}: {input.File} ({input.Role}) changed since the search was begun "
                    + $"(SHA-256 {input.Sha256[..8]}..., then {old.Sha256[..8]}...); "
                    + "put the old file back, or start a new search with --out");
        }

        if (before.Except(now).FirstOrDefault() is { } gone)
        {
            throw new ConfigurationException(
                $"{directory.Root}: the search was begun with {gone.Role} {gone.File}; start a new search with --out");
        }
    }

    private static FrozenInput[] Read(RunDirectory directory)
    {
        try
        {
            return JsonSerializer.Deserialize<FrozenInput[]>(File.ReadAllBytes(directory.InputsFile), Options) ?? [];
        }
        catch (JsonException error)
        {
            throw new InputDataException(
                $"{directory.InputsFile}: damaged; the run's inputs cannot be checked, start a new search with --out",
                error);
        }
    }

    private sealed record FrozenInput(string Role, string File, string Rows, string Sha256);
}
