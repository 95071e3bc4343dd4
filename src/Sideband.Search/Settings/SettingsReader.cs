using Sideband.Events;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sideband.Search.Settings;

/// <summary>Reads SEARCH.yaml: a mapping of <see cref="SettingKeys"/> to scalars or lists.</summary>
public static class SettingsReader
{
    /// <summary>Key and text of every entry, in the order of the file; a list becomes its items joined by commas.</summary>
    /// <exception cref="ConfigurationException">Not readable, not YAML, not a mapping, a key that is unknown or stands twice.</exception>
    public static IReadOnlyList<(SettingKey Key, string Text)> Read(string path)
    {
        var stream = new YamlStream();
        try
        {
            using var text = File.OpenText(path);
            stream.Load(text);
        }
        catch (YamlException error)
        {
            throw new ConfigurationException($"{path}: line {error.Start.Line}: not valid YAML: {OneLine(error.Message)}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: cannot be read: {OneLine(error.Message)}", error);
        }

        if (stream.Documents.Count == 0)
        {
            return [];
        }

        if (stream.Documents[0].RootNode is not YamlMappingNode mapping)
        {
            throw new ConfigurationException($"{path}: not a search; allowed: lines of the form 'key: value'");
        }

        var entries = new List<(SettingKey, string)>();
        foreach (var (node, value) in mapping.Children)
        {
            var key = SettingKeys.ByName(Scalar(node, path), $"{path}, line {node.Start.Line}");
            var items = value is YamlSequenceNode list ? list.Children.Select(item => Scalar(item, path)) : [Scalar(value, path)];
            var text = string.Join(',', items);
            if (!IsUnset(value))
            {
                entries.Add((key, text));
            }
        }

        return entries;
    }

    /// <summary>Applies entries, the later over the earlier, in the order of <see cref="SettingKeys.All"/>.</summary>
    public static SearchSettings Apply(SearchSettings settings, IEnumerable<(SettingKey Key, string Text)> entries)
    {
        var last = new Dictionary<SettingKey, string>();
        foreach (var (key, text) in entries)
        {
            last[key] = text;
        }

        foreach (var key in SettingKeys.All)
        {
            if (last.TryGetValue(key, out var text))
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
