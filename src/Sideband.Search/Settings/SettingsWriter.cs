using System.Text;
using Sideband.Numerics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sideband.Search.Settings;

/// <summary>Writes the complete settings, defaults filled in, as the SEARCH.yaml that repeats the run.</summary>
public static class SettingsWriter
{
    /// <param name="settings">Settings with full paths.</param>
    /// <param name="folder">Where the file will lie: files are named relative to it where they can be.</param>
    public static string ToYaml(SearchSettings settings, string folder) => ToYaml(settings.WithRelativePaths(folder));

    /// <param name="settings">Settings whose files are named as they are.</param>
    public static string ToYaml(SearchSettings settings)
    {
        using var text = new StringWriter { NewLine = "\n" };
        text.WriteLine(
            "# The complete settings of this run; `sideband scan` with this file repeats it. What stands under `resolved` was filled in.");
        var emitter = new Emitter(text);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, true));
        emitter.Emit(new MappingStart());
        var shown = SettingKeys.All.Where(key => key.Show(settings) is not null).ToLookup(key => key.IsGiven(settings));
        Emit(emitter, shown[true], settings);
        if (shown[false].Any())
        {
            emitter.Emit(new Scalar(SettingsReader.Resolved));
            emitter.Emit(new MappingStart());
            Emit(emitter, shown[false], settings);
            emitter.Emit(new MappingEnd());
        }

        emitter.Emit(new MappingEnd());
        emitter.Emit(new DocumentEnd(true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(Emitter emitter, IEnumerable<SettingKey> keys, SearchSettings settings)
    {
        foreach (var key in keys)
        {
            // Unquoted, a column called "null" or "~" would be read as a key without value.
            var value = key.Show(settings)!;
            var style = value is "" or "null" or "~" ? ScalarStyle.SingleQuoted : ScalarStyle.Any;
            emitter.Emit(new Scalar(key.Name));
            emitter.Emit(new Scalar(null, null, value, style, true, true));
        }
    }

    /// <summary>
    /// Hash of everything that changes results: two runs with the same hash and the same input files give the same numbers, wherever the
    /// files lie.
    /// </summary>
    public static string Hash(SearchSettings settings)
    {
        var named = settings.WithoutFolders();
        var canonical = string.Join(
            '\n', SettingKeys.All.Where(key => key.ChangesResults).Select(key => key.Name + "=" + key.Show(named)));
        return Convert.ToHexStringLower(PortableSha256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    /// <summary>The settings that change results and differ between two searches.</summary>
    public static IEnumerable<SettingKey> Differences(SearchSettings first, SearchSettings second) =>
        SettingKeys.All.Where(key => key.ChangesResults && key.Show(first) != key.Show(second));
}
