using System.Globalization;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Search.Results.Files;
using Sideband.Search.Settings;
using Sideband.Search.Store;

namespace Sideband.Search.Runs;

/// <summary>Looks at everything in a run directory, and at the input files where they still are, and says what holds.</summary>
public static class RunVerification
{
    /// <param name="directory">A run, finished or not.</param>
    /// <param name="settings">Its settings.</param>
    /// <returns>One entry a part, in the order in which they are made.</returns>
    public static IReadOnlyList<PartFinding> Of(RunDirectory directory, SearchSettings settings)
    {
        var findings = new List<PartFinding> { Settings(directory, settings) };
        findings.AddRange(Inputs(directory, settings));
        findings.AddRange(Openings(directory));
        findings.AddRange(Units(directory, settings));
        findings.AddRange(SealedFiles(directory));
        return findings;
    }

    private static PartFinding Settings(RunDirectory directory, SearchSettings settings) => Found("search.yaml", () =>
    {
        FrozenInputs.CheckSettings(directory, settings);
        return File.Exists(directory.InputsFile)
            ? new PartFinding("search.yaml", true, "the settings that the search was begun with")
            : new PartFinding("search.yaml", null, "the search was not begun: nothing to compare with");
    });

    private static IEnumerable<PartFinding> Inputs(RunDirectory directory, SearchSettings settings)
    {
        if (!File.Exists(directory.InputsFile))
        {
            return [];
        }

        var files = settings.InputFiles.ToLookup(
            entry => (entry.Role, Path.GetFileName(entry.File.FilePath)), entry => entry.File.FilePath);
        IReadOnlyList<FrozenInputs.FrozenInput> inputs = [];
        var read = Found("inputs.json", () =>
        {
            inputs = FrozenInputs.Read(directory).Inputs;
            return new PartFinding("inputs.json", true, "as its schema says");
        });
        return
        [
            read,
            .. inputs.Select(input =>
            {
                var part = $"input {input.Role} {input.File}";
                string[] there = [.. files[(input.Role, input.File)].Where(File.Exists)];
                return there.Length == 0 ? new PartFinding(part, null, "not on this machine: not checked") : Found(part, () =>
                    there.Any(path => FileHash.Of(path) == input.Sha256) ? new PartFinding(part, true, "the bytes that the search read")
                    : new PartFinding(part, false, $"{there[0]} is not the file that the search read"));
            }),
        ];
    }

    private static IEnumerable<PartFinding> Openings(RunDirectory directory)
    {
        if (!File.Exists(directory.UnblindedFile) && !File.Exists(directory.OpeningsFile))
        {
            return [];
        }

        return [Found("openings.log", () =>
        {
            var count = OpeningLog.Check(directory).Count(letter => letter == '\n');
            return new PartFinding(
                "openings.log", true, string.Create(CultureInfo.InvariantCulture, $"opened {count} times, the chain of entries is whole"));
        })];
    }

    private static IEnumerable<PartFinding> Units(RunDirectory directory, SearchSettings settings)
    {
        var damaged = new List<PartFinding>();
        var folder = settings.Store ?? directory.WorkFolder;
        var store = UnitStore.OpenToRead(folder, warning => damaged.Add(new PartFinding("unit file", false, warning)));
        RunSeal.Content? seal = null;
        if (File.Exists(directory.SealFile) && Found("seal.json", () =>
        {
            seal = RunSeal.Read(directory);
            return new PartFinding("seal.json", true, "");
        }) is { Holds: false } broken)
        {
            yield return broken;
        }

        var (whole, bad) = (0, 0);
        foreach (var unit in seal?.Units ?? [])
        {
            var hash = store?.HashOf(unit.Key);
            whole += hash == unit.Sha256 ? 1 : 0;
            bad += hash == unit.Sha256 ? 0 : 1;
            if (hash != unit.Sha256)
            {
                yield return new PartFinding(
                    $"unit {unit.Name}",
                    false,
                    hash is null ? "not in the store, or damaged" : "not the unit that the results were made of");
            }
        }

        foreach (var file in damaged)
        {
            yield return file;
        }

        if (seal is not null)
        {
            yield return new PartFinding(
                "units", bad == 0, string.Create(CultureInfo.InvariantCulture, $"{whole} of {whole + bad} are those of the results"));
        }
    }

    private static IEnumerable<PartFinding> SealedFiles(RunDirectory directory)
    {
        if (File.Exists(directory.PlanFile))
        {
            yield return Found("plan.json", () => Plan(directory));
        }

        RunSeal.Content? seal = null;
        try
        {
            seal = File.Exists(directory.SealFile) ? RunSeal.Read(directory) : null;
        }
        catch (InputDataException)
        {
            // Said among the units.
            yield break;
        }

        if (seal is null)
        {
            yield return File.Exists(directory.ResultsFile)
                ? new PartFinding("results.json", false, "results without seal.json: 'sideband collect' writes both")
                : new PartFinding("results.json", null, "not there yet: the search is not finished");
            yield break;
        }

        // Settings, inputs and openings have their own entries, unless something is wrong with the file.
        string[] said = ["search.yaml", "inputs.json", "openings.log"];
        foreach (var file in seal.Files)
        {
            var finding = Found(file.Path, () => RunSeal.StateOf(directory, file) switch
            {
                PartState.AsWritten => Schema(directory, file.Path),
                PartState.Missing => new PartFinding(file.Path, false, "missing"),
                _ => new PartFinding(file.Path, false, "not the file that the search wrote: edited, or another search's"),
            });
            if (finding.Holds != true || !said.Contains(file.Path))
            {
                yield return finding;
            }
        }

        foreach (var part in directory.SealedParts().Except(seal.Files.Select(file => file.Path)))
        {
            yield return Path.Combine(directory.Root, part) == directory.ExperimentsFile
                ? new PartFinding(part, null, "not sealed, as in versions before: 'sideband collect' seals it")
                : new PartFinding(part, false, "not of this search");
        }

        yield return new PartFinding("digest", true, seal.Digest);
    }

    private static PartFinding Plan(RunDirectory directory)
    {
        var keys = PlanFile.Keys(directory).ToHashSet();
        return !File.Exists(directory.SealFile) || RunSeal.Read(directory).Units.All(unit => keys.Contains(unit.Key))
            ? new PartFinding("plan.json", true, string.Create(CultureInfo.InvariantCulture, $"{keys.Count} units"))
            : new PartFinding("plan.json", null, "another plan than that of the results; 'sideband plan' writes it again");
    }

    private static PartFinding Schema(RunDirectory directory, string part)
    {
        var path = Path.Combine(directory.Root, part);
        if (path == directory.ResultsFile || path == directory.BlindResultsFile)
        {
            ResultsJson.Read(path);
        }
        else if (part.StartsWith("summary/", StringComparison.Ordinal) && part.EndsWith(".json", StringComparison.Ordinal))
        {
            WindowArrays.ReadAny(path);
        }

        return new PartFinding(part, true, "as the search wrote it");
    }

    private static PartFinding Found(string part, Func<PartFinding> look)
    {
        try
        {
            return look();
        }
        catch (SidebandException error)
        {
            return new PartFinding(part, false, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new PartFinding(part, false, $"cannot be read: {AtomicFile.Reason(error)}");
        }
    }
}

/// <summary>What was found of one part of a run.</summary>
/// <param name="Part">The file, unit or input.</param>
/// <param name="Holds">Null where it could not be compared with anything.</param>
/// <param name="Finding">In words.</param>
public sealed record PartFinding(string Part, bool? Holds, string Finding);
