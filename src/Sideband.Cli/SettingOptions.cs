using System.CommandLine;
using Sideband.Cli.Jobs;
using Sideband.Events;
using Sideband.Search.Runs;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;
using Sideband.Templates;

namespace Sideband.Cli;

/// <summary>The options of a search, made from <see cref="SettingKeys"/>, and the settings that a command line asks for.</summary>
internal sealed class SettingOptions
{
    private readonly Dictionary<SettingKey, Option> _options = [];

    public SettingOptions(Command command)
    {
        foreach (var key in SettingKeys.All)
        {
            Option option = key.IsSwitch
                ? new Option<bool>(key.Option) { Description = key.Description }
                : new Option<string[]>(key.Option)
                {
                    Description = key.Description,
                    HelpName = key.ValueName,
                    AllowMultipleArgumentsPerToken = key.Name == "test",
                };
            option.CompletionSources.Add(Suggestions(key));
            _options[key] = option;
            command.Options.Add(option);
        }
    }

    /// <summary>Settings from defaults, then SEARCH.yaml or an existing run's settings, then the command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="search">SEARCH.yaml, a run directory, or null.</param>
    public SearchSettings Read(ParseResult parsed, string? search)
    {
        var given = Given(parsed).ToArray();
        var settings = (search is null ? SettingsReader.Apply(new SearchSettings(), given) : SettingsReader.Load(FileOf(search), given))
            .WithFullPaths(Environment.CurrentDirectory);

        return settings.IsBuiltInExample && search is null ? FirstLook(settings, [.. given.Select(entry => entry.Key.Name)]) : settings;
    }

    /// <summary>True where the command line or SEARCH.yaml asks for a blind search, not a run's own settings alone.</summary>
    public bool AskForBlind(ParseResult parsed, SearchSettings settings, string? search) => settings.Blind
        && (Given(parsed).Any(entry => entry.Key.Name == "blind")
            || (search is not null && !Directory.Exists(search) && RunDirectory.Of(search) is null));

    // The built-in example takes a minute, and has too few events for the smallest of the default working points.
    private static SearchSettings FirstLook(SearchSettings settings, string[] given)
    {
        settings = given.Contains("profile") ? settings : settings with { Profile = SearchProfile.ByName("quick") };
        return given.Contains("working_points") ? settings : settings with { WorkingPoints = [1e-2, 1e-3] };
    }

    // What a shell completes; where nothing is known it completes file names.
    private static string[] Suggestions(SettingKey key) => key.Name switch
    {
        "method" => [.. TemplateMethods.All.Select(method => method.Name)],
        "profile" => [.. SearchProfile.All.Select(profile => profile.Name)],
        "features" => [.. FeatureSets.Names],
        "systematics" => [.. ShiftEstimates.Names],
        "sigma_sys" => ["paper", "spread"],
        _ when key.ValueName.Contains('|', StringComparison.Ordinal) => key.ValueName.Split('|'),
        _ => [],
    };

    private static string FileOf(string path) =>
        Directory.Exists(path) ? RunDirectory.Open(path).Directory.SettingsFile
            : !File.Exists(path) ? throw new ConfigurationException($"{path}: neither a search file nor a run directory")
            : Advice.ForTable(path) is { } advice ? throw new ConfigurationException(advice)
            : path;

    private IEnumerable<(SettingKey Key, string Text)> Given(ParseResult parsed)
    {
        foreach (var (key, option) in _options)
        {
            if (parsed.GetResult(option) is not { Implicit: false })
            {
                continue;
            }

            if (option is Option<bool> flag)
            {
                yield return (key, parsed.GetValue(flag) ? "true" : "false");
                continue;
            }

            var values = parsed.GetValue((Option<string[]>)option) ?? [];
            yield return values.Length > 1 && key.Name != "test"
                ? throw new ConfigurationException($"{key.Option}: given {values.Length} times; once is allowed")
                : (key, string.Join(',', values));
        }
    }
}
