using System.Globalization;
using System.Text.Json;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Search.Collect;
using Sideband.Search.Runs;

namespace Sideband.Reporting.Files;

/// <summary>Writes summary/ and scores/ of a run directory.</summary>
public sealed class RunFiles : ICollectSink
{
    private readonly RunDirectory _directory;
    private readonly bool _keepTemplateScores;

    public RunFiles(RunDirectory directory, bool keepTemplateScores)
    {
        (_directory, _keepTemplateScores) = (directory, keepTemplateScores);
        Directory.CreateDirectory(directory.SummaryFolder);
        Directory.CreateDirectory(directory.ScoresFolder);
    }

    public void Summary(WindowSummary summary)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"window_{summary.Number}");
        NpzWriter.Write(Path.Combine(_directory.SummaryFolder, name + ".npz"), archive =>
        {
            foreach (var array in summary.Arrays)
            {
                archive.Add<double>(array.Name, array.Values, array.Shape);
            }
        });
        AtomicFile.Write(Path.Combine(_directory.SummaryFolder, name + ".json"), stream => WriteJson(stream, summary));
    }

    public void Scores(WindowScores scores)
    {
        var units = scores.Runs.SelectMany(run => run).Where(fold => fold.Result.Failure is null).ToArray();
        var name = string.Create(CultureInfo.InvariantCulture, $"window_{scores.Window.Number}.npz");
        NpzWriter.Write(Path.Combine(_directory.ScoresFolder, name), archive =>
        {
            Add(archive, "", fold => fold.Data, units, fold => fold.DataIndices, fold => fold.Result.DataScores);
            if (_keepTemplateScores)
            {
                Add(archive, "template_", fold => fold.Template, units, fold => fold.TemplateIndices, fold => fold.Result.TemplateScores);
            }
        });
    }

    private static void Add(
        NpzWriter archive, string prefix, Func<FoldScores, EventTable> events, FoldScores[] units, Func<FoldScores, int[]> indices, Func<FoldScores, float[]> scores)
    {
        T[] All<T>(Func<EventTable, int, T> value) => [.. units.SelectMany(fold => indices(fold).Select(i => value(events(fold), i)))];

        archive.Add<short>(prefix + "source", All((table, i) => table.SourceIndex[i]));
        archive.Add<int>(prefix + "row", All((table, i) => table.Rows[i]));
        archive.Add<short>(prefix + "run", [.. units.SelectMany(fold => Enumerable.Repeat((short)fold.Unit.Run, indices(fold).Length))]);
        archive.Add<short>(prefix + "fold", [.. units.SelectMany(fold => Enumerable.Repeat((short)fold.Unit.Fold, indices(fold).Length))]);
        archive.Add<float>(prefix + "mass", All((table, i) => (float)table.Mass[i]));
        archive.Add<float>(prefix + "score", [.. units.SelectMany(scores)]);
        archive.AddStrings(prefix + "source_files", units.Length == 0 ? [] : [.. events(units[0]).Sources.Select(source => source.Name)]);
    }

    private static void WriteJson(Stream stream, WindowSummary summary)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("schema", "sideband.summary/1");
        json.WriteNumber("number", summary.Number);
        json.WriteNumber("low", summary.Low);
        json.WriteNumber("high", summary.High);
        json.WriteStartObject("arrays");
        foreach (var array in summary.Arrays)
        {
            json.WriteStartObject(array.Name);
            json.WriteString("meaning", array.Meaning);
            json.WriteStartArray("shape");
            foreach (var length in array.Shape)
            {
                json.WriteNumberValue(length);
            }

            json.WriteEndArray();
            json.WriteStartArray("values");
            foreach (var value in array.Values)
            {
                if (double.IsFinite(value))
                {
                    json.WriteNumberValue(value);
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
