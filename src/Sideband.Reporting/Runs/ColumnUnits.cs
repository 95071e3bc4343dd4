using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sideband.Events;
using Sideband.Events.Writers;

namespace Sideband.Reporting.Runs;

/// <summary>units.json of a run directory: the units that a report was told, for the next one.</summary>
public static class ColumnUnits
{
    private const string FileName = "units.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Units by column; none where the run has no such file.</summary>
    /// <exception cref="InputDataException">The file is damaged or cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new Dictionary<string, string>();
        }

        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(NamedFile.Text(path)) ?? [];
        }
        catch (JsonException error)
        {
            throw new InputDataException($"{path}: damaged; allowed: column names with their units; delete it to begin anew", error);
        }
    }

    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string folder, IReadOnlyDictionary<string, string> units)
    {
        var text = JsonSerializer.Serialize(units.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToDictionary(), Options);
        AtomicFile.Write(Path.Combine(folder, FileName), stream => stream.Write(Encoding.UTF8.GetBytes(text + "\n")));
    }
}
