using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Sideband.Search.Results;
using Sideband.Search.Settings;

namespace Sideband.Search.Runs;

/// <summary>Which program on which machine made a result.</summary>
public static class Provenance
{
    public static ProvenanceResult Of(SearchSettings settings, RunDirectory directory, string commandLine, DateTimeOffset started)
    {
        var (version, commit) = VersionAndCommit();
        return new ProvenanceResult
        {
            Version = version,
            Commit = commit,
            Runtime = RuntimeInformation.FrameworkDescription,
            Processor = Processor(),
            CommandLine = commandLine,
            Started = Stamp(started),
            Finished = Stamp(DateTimeOffset.UtcNow),
            Settings = SettingKeys.All.Where(key => key.Show(settings) is not null)
                .ToDictionary(key => key.Name, key => key.Show(settings)!),
            SettingsSha256 = SettingsWriter.Hash(settings),
            Unblinded = Unblinding.TimeOf(directory),
            Collected = Build(),
        };
    }

    /// <summary>The program's version, and the commit that it was built from where the build knew it.</summary>
    public static (string Version, string? Commit) VersionAndCommit()
    {
        var text = typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var parts = text.Split('+');
        return (parts[0], parts.Length > 1 ? parts[1] : null);
    }

    /// <summary>This build.</summary>
    public static BuildResult Build()
    {
        var (version, commit) = VersionAndCommit();
        return new BuildResult(version, commit);
    }

    /// <summary>The processor's name, or its architecture where the system does not tell.</summary>
    public static string Processor()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(entry => entry.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
