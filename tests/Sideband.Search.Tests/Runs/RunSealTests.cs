using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Results.Files;
using Sideband.Search.Runs;

namespace Sideband.Search.Tests.Runs;

/// <summary>A finished run is one thing: whatever is edited in it, or comes from another run, is named before it is believed.</summary>
public sealed class RunSealTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly RunDirectory _run;

    public RunSealTests() => _run = FinishedRun.Make(_folder.PathOf("run"), FinishedRun.Settings());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_as_it_was_written_holds()
    {
        RunSeal.Require(_run);
        Broken().ShouldBeEmpty();
        RunVerification.Of(_run, FinishedRun.Settings()).ShouldContain(
            finding => finding.Part == "units" && finding.Finding == "12 of 12 are those of the results");
    }

    [Fact]
    public void A_changed_byte_in_any_file_is_refused_by_its_name()
    {
        string[] parts = [.. _run.SealedParts(), "seal.json"];
        parts.Length.ShouldBe(4 + (3 * 3));
        foreach (var part in parts)
        {
            var path = Path.Combine(_run.Root, part);
            var whole = File.ReadAllBytes(path);
            var changed = whole.ToArray();
            changed[^3] ^= 1;
            File.WriteAllBytes(path, changed);
            Should.Throw<InputDataException>(() => RunSeal.Check(_run)).Message.ShouldContain(part);
            Broken().ShouldContain(finding => finding.Part == part);
            File.WriteAllBytes(path, whole);
        }

        RunSeal.Require(_run);
    }

    [Fact]
    public void Files_of_another_search_are_refused()
    {
        var other = FinishedRun.Make(_folder.PathOf("other"), FinishedRun.Settings(("seed", "2")));
        foreach (var part in (string[])["results.json", "summary/window_2.json", "scores/window_1.npz"])
        {
            var whole = File.ReadAllBytes(Path.Combine(_run.Root, part));
            File.Copy(Path.Combine(other.Root, part), Path.Combine(_run.Root, part), overwrite: true);
            Should.Throw<InputDataException>(() => RunSeal.Check(_run))
                .Message.ShouldStartWith(
                    $"{_run.Root}: {part} is not the file that the search wrote: it was edited, or is another search's; ");
            File.WriteAllBytes(Path.Combine(_run.Root, part), whole);
        }

        File.Copy(other.SealFile, _run.SealFile, overwrite: true);
        Should.Throw<InputDataException>(() => RunSeal.Check(_run));
    }

    [Fact]
    public void Results_without_a_seal_are_refused_by_who_reads_them_and_sealed_again_by_who_writes_them()
    {
        File.Delete(_run.SealFile);
        RunSeal.Check(_run);
        Should.Throw<InputDataException>(() => RunSeal.Require(_run)).Message.ShouldContain("results without seal.json");
        Broken().ShouldHaveSingleItem().Part.ShouldBe("results.json");
        FinishedRun.Make(_run.Root, FinishedRun.Settings());
        RunSeal.Require(_run);
    }

    [Fact]
    public void A_missing_file_is_found_and_written_again()
    {
        File.Delete(Path.Combine(_run.SummaryFolder, "window_2.json"));
        Broken().ShouldHaveSingleItem().ShouldBe(new PartFinding("summary/window_2.json", false, "missing"));
        FinishedRun.Make(_run.Root, FinishedRun.Settings());
        Broken().ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_does_not_belong_to_the_search_is_found()
    {
        File.WriteAllText(Path.Combine(_run.SummaryFolder, "window_9.json"), "{}");
        Broken().ShouldHaveSingleItem().ShouldBe(new PartFinding("summary/window_9.json", false, "not of this search"));
    }

    [Fact]
    public void What_is_asked_for_beside_a_search_is_sealed_when_it_is_written()
    {
        var asked = RequestedExperiments.None with { Limit = new LimitRequest(0.95, null) };
        ExperimentsFile.Write(_run, asked);
        Broken().ShouldBeEmpty();
        File.WriteAllText(
            _run.ExperimentsFile, File.ReadAllText(_run.ExperimentsFile).Replace("0.95", "0.5", StringComparison.Ordinal));
        Should.Throw<InputDataException>(() => RunSeal.Check(_run)).Message.ShouldContain("experiments.json is not the file");
        File.Delete(_run.ExperimentsFile);
        RunSeal.Check(_run);

        // As runs of versions before are.
        FinishedRun.Make(_run.Root, FinishedRun.Settings());
        File.WriteAllText(_run.ExperimentsFile, "{}");
        RunVerification.Of(_run, FinishedRun.Settings()).Single(finding => finding.Part == "experiments.json").Holds.ShouldBeNull();
    }

    [Fact]
    public void Damaged_and_missing_units_are_found_by_name_and_left_where_they_are()
    {
        var units = Directory.GetFiles(_run.WorkFolder, "*.units").Order(StringComparer.Ordinal).ToArray();
        var damaged = File.ReadAllBytes(units[0]);
        damaged[^1] ^= 1;
        File.WriteAllBytes(units[0], damaged);
        File.Delete(units[1]);
        var found = Broken();
        found.Count(finding => finding.Part.StartsWith("unit experiment 0/", StringComparison.Ordinal)).ShouldBe(2);
        found.ShouldContain(finding => finding.Finding.Contains(units[0]) && finding.Finding.Contains("was changed"));
        File.ReadAllBytes(units[0]).ShouldBe(damaged);
        RunSeal.Require(_run);
    }

    [Fact]
    public void Edited_settings_of_a_run_are_refused()
    {
        File.WriteAllText(_run.SettingsFile, File.ReadAllText(_run.SettingsFile).Replace("seed: 1", "seed: 2", StringComparison.Ordinal));
        Should.Throw<ConfigurationException>(() => RunDirectory.Create(_run.Root, RunDirectory.Open(_run.Root).Settings))
            .Message.ShouldBe($"{_run.SettingsFile}: changed since the search was begun; put it back as it was, or start a new search with "
                + $"'sideband scan {_run.SettingsFile} --out NEW'");
    }

    [Fact]
    public void A_later_step_changes_results_and_seals_them_again()
    {
        var before = RunSeal.DigestOf(_run);
        RunSeal.Change(_run, () => ResultsJson.Write(_run.ResultsFile, ResultsJson.Read(_run.ResultsFile) with { Warnings = ["another"] }));
        RunSeal.Require(_run);
        RunSeal.DigestOf(_run).ShouldNotBe(before);
        File.AppendAllText(_run.ResultsFile, " ");
        Should.Throw<InputDataException>(() => RunSeal.Change(_run, () => { }));
    }

    [Fact]
    public void Every_opening_is_kept_in_a_chain()
    {
        OpeningLog.Append(_run, "2026-01-01T00:00:00Z", "5e77", "sideband scan run --unblind");
        OpeningLog.Append(_run, "2026-01-02T00:00:00Z", "5e77", "sideband\nscan run --unblind");
        var lines = File.ReadAllLines(_run.OpeningsFile);
        lines.Length.ShouldBe(2);
        lines[1].ShouldEndWith(@"by sideband\u000Ascan run --unblind");
        OpeningLog.Check(_run).Length.ShouldBeGreaterThan(200);
        foreach (var forged in (string[])[lines[1] + "\n", lines[0].Replace("01-01", "01-03") + "\n" + lines[1] + "\n", lines[0]])
        {
            File.WriteAllText(_run.OpeningsFile, forged);
            Should.Throw<InputDataException>(() => OpeningLog.Append(_run, "", "", ""))
                .Message.ShouldBe($"{_run.OpeningsFile}: a line was changed or is gone; put it back as it was");
        }
    }

    private PartFinding[] Broken() =>
        [.. RunVerification.Of(_run, FinishedRun.Settings()).Where(finding => finding.Holds == false)];
}
