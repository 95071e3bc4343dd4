using System.Globalization;
using System.Text;

namespace Sideband.Events.Writers;

/// <summary>
/// Writes an event table in a form that <see cref="EventReader"/> reads: the mass, the features, and where known <c>weight</c> and
/// <c>label</c>, one column each.
/// </summary>
public static class EventWriter
{
    /// <summary>Name of the column of event weights.</summary>
    public const string Weight = "weight";

    /// <summary>
    /// Writes to a file whose extension says the format, in a folder from which what dead processes left unfinished goes.
    /// </summary>
    /// <exception cref="ConfigurationException">An extension other than .csv and .npz.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, EventTable events)
    {
        AtomicFile.Clean(Path.GetDirectoryName(Path.GetFullPath(path))!);
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".CSV":
                AtomicFile.Write(path, stream => WriteCsv(stream, events));
                break;
            case ".NPZ":
                NpzWriter.Write(path, writer => AddColumns(writer, events));
                break;
            case var other:
                throw new ConfigurationException($"{path}: events are not written as '{other.ToLowerInvariant()}' (allowed: .csv, .npz)");
        }
    }

    private static void AddColumns(NpzWriter writer, EventTable events)
    {
        writer.Add(events.MassName, events.Mass);
        for (var i = 0; i < events.FeatureNames.Count; i++)
        {
            writer.Add(events.FeatureNames[i], events.Feature(i));
        }

        if (events.HasWeights)
        {
            writer.Add(Weight, events.Weights);
        }

        if (events.HasLabels)
        {
            writer.Add(ColumnRequest.Label, events.Labels);
        }
    }

    private static void WriteCsv(Stream stream, EventTable events)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        var names = new List<string> { events.MassName };
        names.AddRange(events.FeatureNames);
        names.AddRange(events.HasWeights ? [Weight] : []);
        names.AddRange(events.HasLabels ? [ColumnRequest.Label] : []);
        writer.WriteLine(string.Join(',', names.Select(Quote)));

        // The shortest text that reads back as the same number; a missing value is an empty field.
        var line = new StringBuilder();
        for (var i = 0; i < events.Count; i++)
        {
            line.Clear().Append(CultureInfo.InvariantCulture, $"{events.Mass[i]}");
            for (var f = 0; f < events.FeatureNames.Count; f++)
            {
                var value = events.Feature(f)[i];
                line.Append(',').Append(float.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture));
            }

            if (events.HasWeights)
            {
                line.Append(CultureInfo.InvariantCulture, $",{events.Weights[i]}");
            }

            if (events.HasLabels)
            {
                line.Append(CultureInfo.InvariantCulture, $",{events.Labels[i]}");
            }

            writer.WriteLine(line);
        }
    }

    private static string Quote(string name) => name.AsSpan().IndexOfAny(",\"\n") >= 0
        ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : name;
}
