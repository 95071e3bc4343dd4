using Sideband.Reporting.Runs;
using Sideband.Reporting.Terminal;
using Sideband.Reporting.Wording;
using Sideband.Search.Results;

namespace Sideband.Reporting.Page.Sections;

/// <summary>What went in, what went wrong, and how the run is repeated.</summary>
internal static class RunAccount
{
    /// <summary>Failures, dropped events and warnings.</summary>
    public static Html Problems(ScanResult result)
    {
        IEnumerable<Html>[] dropped =
        [
            .. result.Inputs.SelectMany(input => Reasons(input, "dropped", input.Dropped)
                .Concat(Reasons(input, "kept, corrected", input.Repaired))),
        ];
        var failures = result.Failures.Select(failure => (IEnumerable<Html>)
            [HtmlTable.Text(failure.WorkUnit), HtmlTable.Text(failure.Reason)]);
        var warnings = result.Warnings.Select(warning => Html.Of($"<li>{warning}</li>"));
        return Html.Of($"""
            {(result.Failures.Count == 0
                ? Html.Of($"<p>No work unit failed, and no number is missing.</p>")
                : HtmlTable.Of(["work unit or number", "reason"], failures))}
            {(dropped.Length == 0
                ? Html.Of($"<p>No event was dropped.</p>")
                : HtmlTable.Of(["input", "file", "events", "what", "reason"], dropped))}
            {(result.Warnings.Count == 0 ? Html.Empty : Html.Of($"<ul>{warnings}</ul>"))}
            """);
    }

    /// <summary>Settings, inputs, provenance and the command.</summary>
    public static Html Origin(ReportedRun run)
    {
        var (result, provenance) = (run.Result, run.Result.Provenance);
        return Html.Of($"""
            <p>Repeat this run: <code>sideband scan {ShellWord.Of(Path.Combine(run.Folder, "search.yaml"))}</code></p>
            <p>It was made by: <code>{provenance.CommandLine}</code></p>
            <h4>Inputs</h4>
            {HtmlTable.Of(["role", "file", "rows", "read", "used", "sha256"], result.Inputs.Select(input => (IEnumerable<Html>)
            [
                HtmlTable.Text(input.Role),
                HtmlTable.Text(input.FileName),
                HtmlTable.Text(input.Rows),
                HtmlTable.Number($"inputs.{input.Role}.events_read", input.EventsRead, Numbers.Whole(input.EventsRead)),
                HtmlTable.Number($"inputs.{input.Role}.used", input.Used, Numbers.Whole(input.Used)),
                Html.Of($"<td><code>{input.Sha256}</code></td>"),
            ]))}
            <h4>Settings</h4>
            {HtmlTable.Of(["setting", "value"], Settings(result).Select(entry => (IEnumerable<Html>)
            [
                HtmlTable.Text(entry.Key),
                Html.Of($"<td><code>{entry.Value}</code></td>"),
            ]))}
            <h4>Program and machine</h4>
            {HtmlTable.Of(["item", "value"], Machine(result).Select(entry => (IEnumerable<Html>)
            [
                HtmlTable.Text(entry.Item),
                HtmlTable.Text(entry.Value),
            ]))}
            """);
    }

    private static IEnumerable<IEnumerable<Html>> Reasons(InputResult input, string what, IReadOnlyDictionary<string, long> reasons) =>
        reasons.Select(reason => (IEnumerable<Html>)
        [
            HtmlTable.Text(input.Role),
            HtmlTable.Text(input.FileName),
            HtmlTable.Number($"inputs.{input.Role}.{what}", reason.Value, Numbers.Whole(reason.Value)),
            HtmlTable.Text(what),
            HtmlTable.Text(reason.Key),
        ]);

    // Runs of older versions have no list of settings; what results.json says stands for it.
    private static IEnumerable<KeyValuePair<string, string>> Settings(ScanResult result) => result.Provenance.Settings.Count > 0
        ? result.Provenance.Settings
        : new Dictionary<string, string>
        {
            ["method"] = result.Method,
            ["mass"] = result.Mass,
            ["features"] = string.Join(",", result.Features),
            ["profile"] = result.Profile,
            ["seed"] = Numbers.Whole((long)result.Seed),
            ["sigma_sys"] = result.SigmaSysRule,
        };

    private static IEnumerable<(string Item, string? Value)> Machine(ScanResult result)
    {
        var provenance = result.Provenance;
        yield return ("sideband", provenance.Version + (provenance.Commit is { } commit ? $", commit {commit}" : ""));
        yield return ("runtime", provenance.Runtime);
        yield return ("processor", provenance.Processor);
        yield return ("started, finished", $"{provenance.Started}, {provenance.Finished}");
        yield return ("time", $"{Numbers.Time(result.Timing.WallSeconds)} wall, {Numbers.Time(result.Timing.CpuSeconds)} CPU");
        yield return ("hash of the settings", provenance.SettingsSha256);
        if (provenance.Unblinded is { } time)
        {
            yield return ("unblinded", time);
        }
    }
}
