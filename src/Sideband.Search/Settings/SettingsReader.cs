using Sideband.Events;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sideband.Search.Settings;

/// <summary>
/// Reads SEARCH.yaml: a mapping of <see cref="SettingKeys"/> to scalars or lists. What stands in its mapping "resolved" was not given but
/// filled in when the file was written.
/// </summary>
public static class SettingsReader
{
    /// <summary>The mapping of values that were filled in.</summary>
    public const string Resolved = "resolved";

    /// <summary>The settings of a file with some of them set otherwise.</summary>
    /// <param name="path">SEARCH.yaml; relative files in it are below its folder.</param>
    /// <param name="overrides">
    /// Set otherwise; a value that was filled in gives way where a setting that it depends on is among them.
    /// </param>
    /// <exception cref="ConfigurationException">
    /// Not readable, not YAML, not a mapping, a key that is unknown, or a value that is not allowed.
    /// </exception>
    public static SearchSettings Load(string path, params IReadOnlyList<(SettingKey Key, string Text)> overrides)
    {
        var (given, resolved) = Read(path);
        var folder = Path.GetDirectoryName(FullPath.Of(path, Environment.CurrentDirectory))!;
        var settings = Apply(Apply(new SearchSettings(), given).WithFullPaths(folder), overrides);
        var changed = overrides.Select(entry => entry.Key.Name).ToHashSet();

        // What this program fills in anyway stays filled in; what another one filled in is held fast, where anything reads it.
        return Apply(settings, resolved.Where(entry =>
            entry.Key.IsReadBy(settings.Method)
                && !changed.Contains(entry.Key.Name)
                && !entry.Key.DefaultDependsOn.Any(changed.Contains)
                && entry.Key.Show(settings) != entry.Text));
    }

    /// <summary>
    /// Key and text of every entry, in the order of the file; a list becomes its items joined by commas, names of features between quotes
    /// where they hold one.
    /// </summary>
    private static (IReadOnlyList<(SettingKey Key, string Text)> Given, IReadOnlyList<(SettingKey Key, string Text)> Resolved) Read(
        string path)
    {
        var stream = new YamlStream();
        try
        {
            var text = SettingsText.Read(FullPath.Of(path, Environment.CurrentDirectory));
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw new ConfigurationException($"{path}: line {error.Start.Line}: not valid YAML: {OneLine(error.Message)}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: cannot be read: {OneLine(error.Message)}", error);
        }

        if (stream.Documents[0].RootNode is not YamlMappingNode mapping)
        {
            throw new ConfigurationException($"{path}: not a search; allowed: lines of the form 'key: value'");
        }

        var nested = mapping.Children.Where(entry => entry is { Key: YamlScalarNode { Value: Resolved }, Value: YamlMappingNode })
            .ToArray();
        return (
            Entries(mapping.Children.Except(nested), path),
            [.. nested.SelectMany(entry => Entries(((YamlMappingNode)entry.Value).Children, path))]);
    }

    private static List<(SettingKey Key, string Text)> Entries(IEnumerable<KeyValuePair<YamlNode, YamlNode>> nodes, string path)
    {
        var entries = new List<(SettingKey, string)>();
        foreach (var (node, value) in nodes)
        {
            var key = SettingKeys.ByName(Scalar(node, path), $"{path}, line {node.Start.Line}");
            var text = value is not YamlSequenceNode list ? Scalar(value, path)
                : key.Name == "features" ? NameList.Join(list.Children.Select(item => Scalar(item, path)))
                : string.Join(',', list.Children.Select(item => Scalar(item, path)));
            if (!IsUnset(value))
            {
                entries.Add((key, text));
            }
        }

        return entries;
    }

    /// <summary>Applies entries, the later over the earlier of the same name, in the order of <see cref="SettingKeys.All"/>.</summary>
    /// <exception cref="ConfigurationException">A name that is not among these, or a value that is not allowed.</exception>
    public static SearchSettings Apply(SearchSettings settings, IEnumerable<(SettingKey Key, string Text)> entries)
    {
        var last = new Dictionary<string, string>();
        foreach (var (key, text) in entries)
        {
            last[SettingKeys.ByName(key.Name, "settings").Name] = text;
        }

        foreach (var key in SettingKeys.All)
        {
            if (last.TryGetValue(key.Name, out var text))
            {
                settings = key.Apply(settings, text);
            }
        }

        return settings;
    }

    private static bool IsUnset(YamlNode value) => value is YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "null" or "~" };

    private static string Scalar(YamlNode node, string path) =>
        node is YamlScalarNode { Value: { } value }
            ? value
            : throw new ConfigurationException($"{path}, line {node.Start.Line}: a text, a number or a list of these is allowed here");

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
