using System.Globalization;
using System.Text.Json;
using Sideband.Events.Writers;
using Sideband.Search.Collect;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Search.Runs;

/// <summary>Writes summary/ and scores/ of a run directory.</summary>
public sealed class RunFiles : ICollectSink
{
    private readonly RunDirectory _directory;

    public RunFiles(RunDirectory directory)
    {
        _directory = directory;
        foreach (var folder in (string[])[directory.SummaryFolder, directory.ScoresFolder])
        {
            AtomicFile.CreateFolder(folder);
            AtomicFile.Clean(folder);
        }
    }

    /// <summary>Removes what an earlier collection wrote of a window that is not done any more.</summary>
    public void Remove(int window)
    {
        foreach (var (folder, name) in (ReadOnlySpan<(string, string)>)
        [
            (_directory.SummaryFolder, "window"), (_directory.SummaryFolder, "fits"), (_directory.ScoresFolder, "window"),
        ])
        {
            foreach (var extension in (string[])[".json", ".npz"])
            {
                AtomicFile.Delete(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}_{window}{extension}")));
            }
        }
    }

    public void Summary(WindowSummary summary) => Window("window", summary);

    /// <summary>The pictures of a window's fits, beside its summary.</summary>
    public void Fits(WindowSummary summary) => Window("fits", summary);

    public void Experiments(ExperimentSummary experiments) =>
        Write(WindowArrays.ExperimentsSchemaName, experiments.Name, experiments.Arrays, json => json.WriteString("kind", experiments.Name));

    public void Scores(ScoreTable data, ScoreTable? template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"window_{data.Window.Number}.npz");
        NpzWriter.Write(Path.Combine(_directory.ScoresFolder, name), archive =>
        {
            Add(archive, "", data);
            if (template is not null)
            {
                Add(archive, "template_", template);
                archive.Add<double>("template_weight", [.. template.Rows.Select(row => row.Weight)]);
            }
        });
    }

    private void Window(string name, WindowSummary summary) =>
        Write(WindowArrays.SchemaName, string.Create(CultureInfo.InvariantCulture, $"{name}_{summary.Number}"), summary.Arrays, json =>
        {
            json.WriteNumber("number", summary.Number);
            json.WriteNumber("low", summary.Low);
            json.WriteNumber("high", summary.High);
        });

    private static void Add(NpzWriter archive, string prefix, ScoreTable scores)
    {
        T[] All<T>(Func<ScoreRow, T> value) => [.. scores.Rows.Select(value)];

        archive.Add<short>(prefix + "source", All(row => row.Source));
        archive.Add<int>(prefix + "row", All(row => row.Row));
        archive.Add<short>(prefix + "run", All(row => row.Run));
        archive.Add<short>(prefix + "fold", All(row => row.Fold));
        archive.Add<float>(prefix + "mass", All(row => row.Mass));
        archive.Add<float>(prefix + "score", All(row => row.Score));
        archive.AddStrings(prefix + "source_files", scores.SourceFiles);
    }

    private void Write(string schema, string name, IReadOnlyList<SummaryArray> arrays, Action<Utf8JsonWriter> about)
    {
        NpzWriter.Write(Path.Combine(_directory.SummaryFolder, name + ".npz"), archive =>
        {
            foreach (var array in arrays)
            {
                archive.Add<double>(array.Name, array.Values, array.Shape);
            }
        });
        AtomicFile.Write(Path.Combine(_directory.SummaryFolder, name + ".json"), stream => WriteJson(stream, schema, arrays, about));
    }

    private static void WriteJson(Stream stream, string schema, IReadOnlyList<SummaryArray> arrays, Action<Utf8JsonWriter> about)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("schema", schema);
        about(json);
        json.WriteStartObject("arrays");
        foreach (var array in arrays)
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
