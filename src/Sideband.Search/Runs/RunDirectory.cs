using System.Text;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Search.Settings;

namespace Sideband.Search.Runs;

/// <summary>The files of one run, and the rule that a directory belongs to one search.</summary>
public sealed class RunDirectory
{
    private RunDirectory(string root) => Root = root;

    public string Root { get; }

    public string SettingsFile => Path.Combine(Root, "search.yaml");

    public string InputsFile => Path.Combine(Root, "inputs.json");

    /// <summary>The results of a blind search, kept beside those of the open one.</summary>
    public string BlindResultsFile => Path.Combine(Root, "results.blind.json");

    public string ResultsFile => Path.Combine(Root, "results.json");

    public string PlanFile => Path.Combine(Root, "plan.json");

    public string SummaryFolder => Path.Combine(Root, "summary");

    public string ScoresFolder => Path.Combine(Root, "scores");

    public string WorkFolder => Path.Combine(Root, "work");

    public string LogFile => Path.Combine(Root, "log.txt");

    /// <summary>True where the folder holds a run.</summary>
    public static bool Exists(string root) => File.Exists(Path.Combine(root, "search.yaml"));

    /// <summary>The run whose search.yaml a file is; null for other files.</summary>
    public static RunDirectory? Of(string settingsFile) =>
        Path.GetFullPath(settingsFile) is var path
            && Path.GetFileName(path) == "search.yaml"
            && Directory.Exists(Path.Combine(Path.GetDirectoryName(path)!, "work"))
            ? new RunDirectory(Path.GetDirectoryName(path)!)
            : null;

    /// <summary>An existing run and its settings.</summary>
    /// <exception cref="ConfigurationException">No run lies there.</exception>
    public static (RunDirectory Directory, SearchSettings Settings) Open(string root)
    {
        var directory = new RunDirectory(Path.GetFullPath(root));
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
        }
        else if (File.Exists(root) || (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any()))
        {
            throw new ConfigurationException($"{root}: not empty and not a run directory; give another --out");
        }
    }

    /// <summary>A new run, or the continuation of one with the same settings.</summary>
    /// <exception cref="ConfigurationException">See <see cref="Check"/>; or the folder cannot be made.</exception>
    public static RunDirectory Create(string root, SearchSettings settings)
    {
        Check(root, settings);
        var directory = new RunDirectory(Path.GetFullPath(root));
        try
        {
            Directory.CreateDirectory(directory.WorkFolder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{root}: the run directory cannot be made: {error.Message}", error);
        }

        // Written once: workers that share the directory must not write over each other.
        if (!File.Exists(directory.SettingsFile))
        {
            var text = SettingsWriter.ToYaml(settings, directory.Root);
            AtomicFile.Write(directory.SettingsFile, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }

        return directory;
    }
}
