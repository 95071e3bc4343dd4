using System.Text.Json.Nodes;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Search.Runs;
using Sideband.Search.Settings;

namespace Sideband.Search.Tests.Runs;

/// <summary>
/// Whatever happens at whatever operation on the disk, the search ends in one line or goes through, and the same search afterwards gives
/// the files of an undisturbed one. The power cut is that of SQLite's crash tests: nothing of what comes after it is done, no cleaning
/// either.
/// </summary>
public sealed class DiskFaultTests : IDisposable
{
    // Every operation is tried by ./test --long; otherwise every so many, a number that is no multiple of the operations of one file.
    private const int Step = 11;

    private static readonly SearchSettings Settings = FinishedRun.Settings(("windows", "5:5:1:1"), ("systematics", "none"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DiskFault.PowerCut)]
    [InlineData(DiskFault.Full)]
    [InlineData(DiskFault.ShortWrite)]
    [InlineData(DiskFault.Denied)]
    [InlineData(DiskFault.Interrupted)]
    [InlineData(DiskFault.TooManyFiles)]
    public void A_fault_at_some_operations(DiskFault kind) => Try(kind, Step);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(DiskFault.PowerCut)]
    [InlineData(DiskFault.Full)]
    [InlineData(DiskFault.ShortWrite)]
    [InlineData(DiskFault.Denied)]
    [InlineData(DiskFault.Interrupted)]
    [InlineData(DiskFault.TooManyFiles)]
    public void A_fault_at_every_operation(DiskFault kind) => Try(kind, 1);

    private void Try(DiskFault kind, int step)
    {
        var counted = new DiskFaults(int.MaxValue, kind);
        using (Disk.Under(counted))
        {
            FinishedRun.Make(_folder.PathOf("undisturbed"), Settings);
        }

        // Two units, and some ten files, each made, written, flushed and moved.
        counted.Operations.ShouldBeGreaterThan(50);
        var expected = Content(RunDirectory.At(_folder.PathOf("undisturbed")));
        var ended = 0;
        for (var at = (int)kind; at < counted.Operations; at += step)
        {
            var run = _folder.PathOf($"{kind}-{at}");
            ended += Ends(run, new DiskFaults(at, kind)) ? 1 : 0;
            Content(FinishedRun.Make(run, Settings)).ShouldBe(expected, $"{kind} at operation {at}");
            Directory.GetFiles(run, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty($"{kind} at operation {at}");
            RunSeal.Require(RunDirectory.At(run));
            Directory.Delete(run, recursive: true);
        }

        ended.ShouldBeGreaterThan(0);
    }

    private static bool Ends(string run, DiskFaults faults)
    {
        using var under = Disk.Under(faults);
        try
        {
            FinishedRun.Make(run, Settings);
            return false;
        }
        catch (PowerCutException)
        {
            return true;
        }
        catch (Exception error) when (error is SidebandException or IOException or UnauthorizedAccessException)
        {
            error.Message.ShouldNotContain("\n");
            return true;
        }
    }

    // All that is promised to be identical.
    private static Dictionary<string, string> Content(RunDirectory run)
    {
        var content = run.SealedParts().Concat(Directory.GetFiles(run.WorkFolder).Select(path => "work/" + Path.GetFileName(path)))
            .ToDictionary(part => part, part => Convert.ToHexString(File.ReadAllBytes(Path.Combine(run.Root, part))));
        var results = JsonNode.Parse(File.ReadAllText(run.ResultsFile))!.AsObject();
        results.Remove("timing");
        results.Remove("provenance");
        content["results.json"] = results.ToJsonString();
        return content;
    }
}
