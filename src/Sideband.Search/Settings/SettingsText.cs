using Sideband.Events;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sideband.Search.Settings;

/// <summary>
/// The text of a SEARCH.yaml that is safe to be made into nodes, which is done by recursion and follows aliases: one document, few levels.
/// </summary>
internal static class SettingsText
{
    /// <summary>A search with all keys has some 3 kB.</summary>
    private const int MostBytes = 1 << 20;

    /// <summary>Stream, document, mapping, the mapping of what was filled in, and a list in it.</summary>
    private const int MostLevels = 5;

    /// <exception cref="ConfigurationException">Too large, empty, more than one document, nested too deeply, or with aliases.</exception>
    /// <exception cref="YamlException">Not YAML.</exception>
    /// <exception cref="InputDataException">It cannot be read.</exception>
    public static string Read(string path)
    {
        if (NamedFile.Read(path, file => new FileInfo(file).Length) is > MostBytes and var length)
        {
            throw new ConfigurationException($"{path}: {length} bytes; a search file has at most {MostBytes}");
        }

        var text = NamedFile.Text(path);
        try
        {
            return Documents(path, new Parser(new StringReader(text))) == 1
                ? text
                : throw new ConfigurationException(
                    $"{path}: empty; allowed: lines of the form 'key: value', for example 'data: events.h5'");
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // What the parser says of some files that end too early.
            throw new ConfigurationException($"{path}: not valid YAML, perhaps cut short", error);
        }
    }

    private static int Documents(string path, Parser parser)
    {
        var (level, documents) = (0, 0);
        while (parser.MoveNext())
        {
            level += parser.Current!.NestingIncrease;
            documents += parser.Current is DocumentStart ? 1 : 0;
            var place = $"{path}: line {parser.Current.Start.Line}:";
            if (level > MostLevels)
            {
                throw new ConfigurationException(
                    $"{place} nested too deeply; allowed: lines of the form 'key: value', and lists as values");
            }

            if (parser.Current is AnchorAlias)
            {
                throw new ConfigurationException($"{place} aliases (*name) are not allowed in a search");
            }

            if (documents > 1)
            {
                throw new ConfigurationException($"{place} a second document ('---'); one search a file is allowed");
            }
        }

        return documents;
    }
}
