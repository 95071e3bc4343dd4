namespace Sideband.Cli.Tests;

/// <summary>Runs that share a store do each unit once.</summary>
public sealed class StoreTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_injection_recomputes_no_Monte_Carlo_unit()
    {
        var searches = new[] { ("first", ":100:1", 12, 12), ("second", ":100:2", 6, 18), ("again", ":100:1", 0, 18) };
        foreach (var (run, injection, open, units) in searches)
        {
            Cli.Succeed(toys.Search(
                "--inject", toys.Signal + injection, "--store", _folder.PathOf("store"), "--out", _folder.PathOf(run), "--quiet"));
            File.ReadAllText(Path.Combine(_folder.PathOf(run), "log.txt")).ShouldContain($"12 units, {open} open");
            Directory.GetFiles(_folder.PathOf("store")).Length.ShouldBe(units);
            ResultsFile.UnitCount(_folder.PathOf(run)).ShouldBe(0);
        }

        ResultsFile.ShouldBeTheSame(_folder.PathOf("again"), _folder.PathOf("first"));
        var (first, second) = (ResultsFile.Read(_folder.PathOf("first")), ResultsFile.Read(_folder.PathOf("second")));
        second["delta_sys"]!.AsArray().First(entry => entry!["estimate"]!.GetValue<string>() == "mc")!.ToJsonString()
            .ShouldBe(first["delta_sys"]!.AsArray().First(entry => entry!["estimate"]!.GetValue<string>() == "mc")!.ToJsonString());
        second["windows"]!.ToJsonString().ShouldNotBe(first["windows"]!.ToJsonString());
    }
}
