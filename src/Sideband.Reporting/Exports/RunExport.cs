using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Reporting.Runs;

namespace Sideband.Reporting.Exports;

/// <summary>Writes a run for other programs: DIR/export/pyhf, DIR/export/hepdata and a README that reads them.</summary>
public sealed class RunExport
{
    private const string Archive = "workspaces.tar.gz";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ReportedRun _run;
    private readonly ExportOptions _options;
    private readonly List<string> _files = [];
    private readonly List<string> _leftOut = [];

    /// <param name="run">A run with results.</param>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="ConfigurationException">A blind search: nothing was counted.</exception>
    public RunExport(ReportedRun run, ExportOptions options)
    {
        (_run, _options, Folder) = (run, options, Path.Combine(run.Folder, "export"));
        if (run.Result.Blind)
        {
            throw new ConfigurationException($"{run.Folder}: a blind search has no counts to export; unblind it first");
        }
    }

    /// <summary>Where everything goes.</summary>
    public string Folder { get; }

    /// <summary>Files that were written, in order.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Where nothing is claimed, and what could not be exported, one line each.</summary>
    public IReadOnlyList<string> Notes =>
        [.. ExportCaveats.All(_run.Result), .. _leftOut];

    /// <summary>Writes everything.</summary>
    /// <exception cref="InputDataException">Nothing but workspaces is asked for, and none can be made.</exception>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public void Write()
    {
        var workspaces = Workspaces();
        if (_options.Pyhf)
        {
            if (workspaces.Count == 0 && !_options.HepData)
            {
                throw new InputDataException($"{_run.Folder}: no workspace can be made: {string.Join("; ", Notes)}");
            }

            RemoveOthers("pyhf", "window_*.json", workspaces.Select(entry => entry.Name));
            foreach (var workspace in workspaces)
            {
                WriteJson(Path.Combine("pyhf", workspace.Name), workspace.Content);
            }
        }

        if (_options.HepData)
        {
            WriteSubmission(workspaces);
        }

        var readme = ExportReadme.Text(_run, _options, workspaces, _leftOut);
        WriteBytes("README.md", Encoding.UTF8.GetBytes(readme));
    }

    private List<NamedWorkspace> Workspaces()
    {
        var workspaces = new List<NamedWorkspace>();
        foreach (var window in _run.Result.Windows.Where(window => window.MayClaim))
        {
            var cuts = ScoreBin.Cuts(window);
            var signal = WorkspaceSignal.Of(_run.Result, window.Number, cuts);
            var (bins, notes) = ScoreBin.Of(window, signal);
            if (bins.All(bin => bin.Signal == 0))
            {
                // Without any, mu does nothing: there would be no test and no limit.
                signal = WorkspaceSignal.Assumed(cuts, "of the signal that was tested none is in any bin");
                bins = ScoreBin.Of(window, signal).Bins;
            }

            _leftOut.AddRange(notes);
            if (bins.Count > 0)
            {
                var workspace = Workspace.Of(window.Number, bins);
                Require(WorkspaceChecks.Faults(workspace));
                workspaces.Add(new NamedWorkspace(
                    string.Create(CultureInfo.InvariantCulture, $"window_{window.Number}.json"), workspace, signal.Meaning));
            }
        }

        return workspaces;
    }

    private void WriteSubmission(List<NamedWorkspace> workspaces)
    {
        HepDataTable[] tables = [.. new HepDataTables(_run, _options.Unit, _options.Energy).All()];
        foreach (var table in tables)
        {
            WriteJson(Path.Combine("hepdata", table.File), table.Content);
        }

        RemoveOthers("hepdata", Archive, []);
        if (workspaces.Count > 0)
        {
            WriteBytes(Path.Combine("hepdata", Archive), Packed(workspaces));
        }

        JsonObject[] documents = [About(workspaces), .. tables.Select(Document)];
        WriteBytes(
            Path.Combine("hepdata", "submission.yaml"),
            Encoding.UTF8.GetBytes(string.Concat(documents.Select(document => "---\n" + document.ToJsonString(Indented) + "\n"))));
        Require(HepDataChecks.Faults(Path.Combine(Folder, "hepdata"), documents));
    }

    private JsonObject About(List<NamedWorkspace> workspaces)
    {
        var result = _run.Result;
        var about = new JsonObject
        {
            ["comment"] = $"Sliding-window search by {result.Method} in {result.Mass} with {string.Join(", ", result.Features)}: "
                + $"{result.Windows.Count} windows, which overlap, at {result.Windows[0].WorkingPoints.Count} nested working points. "
                + $"Made by Sideband {result.Provenance.Version}."
                + string.Concat(ExportCaveats.All(result).Select(line => $" Note: {line}.")),
        };
        if (workspaces.Count > 0)
        {
            about["additional_resources"] = new JsonArray(new JsonObject
            {
                ["location"] = Archive,
                ["description"] = "HistFactory workspaces (pyhf JSON 1.0.0), one a window. "
                    + string.Join(' ', ExportReadme.Signals(workspaces)),
                ["type"] = "HistFactory",
            });
        }

        return about;
    }

    private JsonObject Document(HepDataTable table)
    {
        var keywords = new JsonArray(Keyword("observables", [.. table.Observables.Select(name => (JsonNode)name)]));
        if (_options.Energy is { } energy)
        {
            keywords.Add(Keyword("cmenergies", [energy]));
        }

        if (_options.Reaction is { } reaction)
        {
            keywords.Add(Keyword("reactions", [reaction]));
        }

        return new JsonObject
        {
            ["name"] = table.Name,
            ["description"] = table.Description,
            ["keywords"] = keywords,
            ["data_file"] = table.File,
        };
    }

    private static JsonObject Keyword(string name, JsonNode[] values) => new() { ["name"] = name, ["values"] = new JsonArray(values) };

    // Without owners and times: the same run gives the same bytes.
    private static byte[] Packed(List<NamedWorkspace> workspaces)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var workspace in workspaces)
            {
                using var content = new MemoryStream(Encoding.UTF8.GetBytes(workspace.Content.ToJsonString(Indented) + "\n"));
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, workspace.Name)
                {
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    DataStream = content,
                });
            }
        }

        return packed.ToArray();
    }

    private static void Require(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new InvalidOperationException("the export is not valid: " + string.Join("; ", faults));
        }
    }

    // What an earlier export left of windows that have no workspace now would be taken for this one's.
    private void RemoveOthers(string folder, string pattern, IEnumerable<string> kept)
    {
        var path = Path.Combine(Folder, folder);
        foreach (var file in Directory.Exists(path) ? Directory.GetFiles(path, pattern) : [])
        {
            if (!kept.Contains(Path.GetFileName(file)))
            {
                AtomicFile.Delete(file);
            }
        }
    }

    private void WriteJson(string name, JsonObject content) =>
        WriteBytes(name, Encoding.UTF8.GetBytes(content.ToJsonString(Indented) + "\n"));

    private void WriteBytes(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        var folder = Path.GetDirectoryName(path)!;
        AtomicFile.CreateFolder(folder);
        AtomicFile.Clean(folder);
        AtomicFile.Write(path, stream => stream.Write(content));
        _files.Add(path);
    }
}
