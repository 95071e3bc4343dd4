using System.Text;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Search.Settings;

namespace Sideband.Search.Runs;

/// <summary>The files of one run, and the rule that a directory belongs to one search.</summary>
public sealed class RunDirectory
{
    /// <summary>
    /// The folder of events that were given from memory, not as files: whoever starts the search writes it beforehand, so that the run can
    /// be continued and moved with all that it needs.
    /// </summary>
    private const string InputsFolder = "inputs";

    private RunDirectory(string root) => Root = root;

    public string Root { get; }

    public string SettingsFile => Path.Combine(Root, "search.yaml");

    public string InputsFile => Path.Combine(Root, "inputs.json");

    /// <summary>The results of a blind search, kept beside those of the open one.</summary>
    public string BlindResultsFile => Path.Combine(Root, "results.blind.json");

    public string ResultsFile => Path.Combine(Root, "results.json");

    /// <summary>What was asked for beside the search: calibrations, injections, limits.</summary>
    public string ExperimentsFile => Path.Combine(Root, "experiments.json");

    public string PlanFile => Path.Combine(Root, "plan.json");

    public string SummaryFolder => Path.Combine(Root, "summary");

    public string ScoresFolder => Path.Combine(Root, "scores");

    public string WorkFolder => Path.Combine(Root, "work");

    /// <summary>Ties the other files together, see <see cref="RunSeal"/>.</summary>
    public string SealFile => Path.Combine(Root, "seal.json");

    /// <summary>One line for each opening of a blind search, see <see cref="OpeningLog"/>.</summary>
    public string OpeningsFile => Path.Combine(Root, "openings.log");

    public string UnblindedFile => Path.Combine(Root, "unblinded.yaml");

    public string LogFile => Path.Combine(Root, "log.txt");

    /// <summary>
    /// The files that a seal covers and that are there, relative and with '/', in ordinal order: not plan.json and log.txt, which may be
    /// written again at any time, nor what is made of the results (report, figures, scored files).
    /// </summary>
    internal IReadOnlyList<string> SealedParts() =>
    [
        .. new[] { SettingsFile, InputsFile, ExperimentsFile, OpeningsFile, UnblindedFile, BlindResultsFile, ResultsFile }
            .Where(File.Exists)
            .Concat(new[] { SummaryFolder, ScoresFolder }.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles))
            .Select(path => Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(part => !AtomicFile.IsTemporary(part))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What to do where a sealed part is not as it was.</summary>
    internal string CureOf(string part)
    {
        var path = Path.Combine(Root, part);
        return path == ExperimentsFile
            ? "put it back as it was, or remove it and ask for the experiments again: finished ones are found"
            : new[] { SettingsFile, InputsFile, OpeningsFile, UnblindedFile, BlindResultsFile }.Contains(path)
            ? "put it back as it was, or start a new search"
            : $"put it back as it was, or remove it and let 'sideband collect {Root}' write it again from the finished units";
    }

    /// <summary>True where the folder holds a run.</summary>
    public static bool Exists(string root) => File.Exists(At(root).SettingsFile);

    /// <summary>True where the folder holds the results of a run.</summary>
    public static bool HasResults(string root) => File.Exists(At(root).ResultsFile);

    /// <summary>The run that a folder holds, whatever is in it.</summary>
    public static RunDirectory At(string root) => new(FullPath.Of(root, Environment.CurrentDirectory));

    /// <summary>The run whose search.yaml a file is; null for other files.</summary>
    public static RunDirectory? Of(string settingsFile) =>
        FullPath.Of(settingsFile, Environment.CurrentDirectory) is var path
            && Path.GetFileName(path) == "search.yaml"
            && Directory.Exists(Path.Combine(Path.GetDirectoryName(path)!, "work"))
            ? new RunDirectory(Path.GetDirectoryName(path)!)
            : null;

    /// <summary>An existing run and its settings.</summary>
    /// <exception cref="ConfigurationException">No run lies there.</exception>
    public static (RunDirectory Directory, SearchSettings Settings) Open(string root)
    {
        var directory = At(root);
        return Exists(root)
            ? (directory, SettingsReader.Load(directory.SettingsFile))
            : throw new ConfigurationException($"{root}: not a run directory (no search.yaml in it)");
    }

    /// <summary>Looks whether a folder can take a search: nothing is there, or a run with the same settings.</summary>
    /// <exception cref="ConfigurationException">The folder holds another search, or other files.</exception>
    public static void Check(string root, SearchSettings settings)
    {
        if (Exists(root))
        {
            var (_, earlier) = Open(root);
            if (SettingsWriter.Differences(earlier, settings).FirstOrDefault() is { } key)
            {
                throw new ConfigurationException(
                    $"{root}: the run directory of another search ({key.Name} is '{key.Show(earlier)}' there and '{key.Show(settings)}' "
                    + "here); give another --out, or the same settings to continue");
            }

            FrozenInputs.CheckSettings(At(root), earlier);
        }
        else if (File.Exists(root)
            || (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root)
                .Any(entry => !AtomicFile.IsTemporary(entry) && Path.GetFileName(entry) != InputsFolder)))
        {
            throw new ConfigurationException($"{root}: not empty and not a run directory; give another --out");
        }
    }

    /// <summary>A new run, or the continuation of one with the same settings.</summary>
    /// <exception cref="ConfigurationException">See <see cref="Check"/>.</exception>
    /// <exception cref="InputDataException">The folder cannot be made.</exception>
    public static RunDirectory Create(string root, SearchSettings settings)
    {
        Check(root, settings);
        var directory = At(root);
        try
        {
            Disk.CreateFolder(directory.Root);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputDataException($"{root}: the run directory cannot be made: {error.Message}", error);
        }

        // First of all, so that a run that is killed here is known as one; once, because workers that share the directory must not write
        // over each other.
        AtomicFile.Clean(directory.Root);
        if (!File.Exists(directory.SettingsFile))
        {
            var text = SettingsWriter.ToYaml(settings, directory.Root);
            AtomicFile.Write(directory.SettingsFile, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }

        AtomicFile.CreateFolder(directory.WorkFolder);
        return directory;
    }
}
