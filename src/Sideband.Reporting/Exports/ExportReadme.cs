using System.Globalization;
using Sideband.Reporting.Runs;
using Sideband.Search.Results;

namespace Sideband.Reporting.Exports;

/// <summary>What lies in an export, and the lines of Python that read it.</summary>
internal static class ExportReadme
{
    /// <param name="run">The run.</param>
    /// <param name="options">What was exported.</param>
    /// <param name="workspaces">The workspaces.</param>
    /// <param name="leftOut">What could not be.</param>
    public static string Text(
        ReportedRun run, ExportOptions options, IReadOnlyList<NamedWorkspace> workspaces, IReadOnlyList<string> leftOut)
    {
        var result = run.Result;
        return string.Concat(
        [
            $"# {run.Name}: {result.Method} in {result.Mass}\n\n",
            $"Exported by Sideband {result.Provenance.Version}; settings {result.Provenance.SettingsSha256}.\n",
            options.Pyhf && workspaces.Count > 0 ? Pyhf(result, workspaces) : "",
            options.HepData ? HepData : "",
            List("What is not claimed", ExportCaveats.All(result)),
            List("Left out", leftOut),
        ]);
    }

    /// <summary>What mu = 1 is, one line for the workspaces that share it.</summary>
    public static IEnumerable<string> Signals(IEnumerable<NamedWorkspace> workspaces) =>
        workspaces.GroupBy(entry => entry.Signal)
            .Select(same => $"{string.Join(", ", same.Select(entry => entry.Name))}: mu = 1 is {same.Key}.");

    private static string List(string heading, IReadOnlyList<string> lines) =>
        lines.Count == 0 ? "" : $"\n## {heading}\n\n{string.Join('\n', lines.Select(line => "- " + line))}\n";

    private static string Pyhf(ScanResult result, IReadOnlyList<NamedWorkspace> workspaces) => $"""

        ## pyhf/

        One workspace a window. Windows overlap and so cannot be combined. Channels are exclusive score bins: what passes one cut
        and not the next harder one. Counts are means over the trainings ({Trainings(result)}) that have both cuts. The background
        has the statistical error of the template (shapesys) and the common systematic shift (delta_sys{Known(result)}).
        {ExportCaveats.Kappa(result)}

        {string.Join('\n', Signals(workspaces).Select(line => "- " + line))}

        ```python
        import json, pyhf
        workspace = pyhf.Workspace(json.load(open("pyhf/{workspaces[0].Name}")))
        model = workspace.model()
        print(pyhf.infer.hypotest(0.0, workspace.data(model), model, test_stat="q0"))   # p-value of no signal
        ```

        """;

    private const string HepData = """

        ## hepdata/

        A submission in HEPData's format 1.1.1: submission.yaml and a file a table. "-" stands for what is not defined.

        ```python
        import yaml
        tables = list(yaml.safe_load_all(open("hepdata/submission.yaml")))[1:]
        print([(table["name"], list(yaml.safe_load(open("hepdata/" + table["data_file"])))) for table in tables])
        ```

        """;

    private static string Trainings(ScanResult result) =>
        result.Windows[0].WorkingPoints[0].NObs.Runs.Count.ToString(CultureInfo.InvariantCulture);

    private static string Known(ScanResult result) =>
        result.HasStatisticalErrorsOnly ? ", not known here: statistical errors only" : "";
}
