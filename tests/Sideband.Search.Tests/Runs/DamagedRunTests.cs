using Sideband.Events;
using Sideband.Search.Results.Files;
using Sideband.Search.Runs;
using Sideband.Search.Settings;
using Sideband.Search.Store;

namespace Sideband.Search.Tests.Runs;

/// <summary>
/// Damaged files of a run (<see cref="Damage"/>): settings, plan, inputs, units, results, summaries, seal. Each is refused in one line, or
/// holds what it held; no other exception, and nothing is believed that was changed.
/// </summary>
public sealed class DamagedRunTests(DamagedRunTests.Finished finished) : IClassFixture<DamagedRunTests.Finished>
{
    private const int Copies = 150;
    private const int ManyCopies = 2000;

    public static TheoryData<string> Parts =>
        ["search.yaml", "inputs.json", "plan.json", "unit", "results.json", "summary/window_2.json", "seal.json"];

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_damaged_file_is_refused_or_the_same(string part) => Try(part, Copies);

    /// <summary>More of the same, with the counts of docs/development/damaged-files.md.</summary>
    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Parts))]
    public void Many_damaged_files(string part) => TestContext.Current.TestOutputHelper!.WriteLine(
        $"{part}: {ManyCopies} damaged copies, {Try(part, ManyCopies)} refused or done again, the others mean the same");

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(2000)]
    public void A_flipped_bit_of_a_finished_unit_is_always_noticed(int bits)
    {
        foreach (var unit in finished.Units)
        {
            var whole = File.ReadAllBytes(unit);
            var random = new Random(1);
            for (var i = 0; i < bits / finished.Units.Count; i++)
            {
                var bit = random.Next(8 * whole.Length);
                var changed = (byte[])whole.Clone();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                File.WriteAllBytes(unit, changed);
                HashOf(unit).ShouldBeNull($"bit {bit} of {unit}");
            }

            File.WriteAllBytes(unit, whole);
        }
    }

    private int Try(string part, int copies)
    {
        var path = part == "unit" ? finished.Units[0] : Path.Combine(finished.Run.Root, part);
        var whole = File.ReadAllBytes(path);
        var before = Meaning(part, path);
        var refused = 0;
        for (var seed = 0; seed < copies; seed++)
        {
            var damaged = Damage.Of(whole, seed);
            File.WriteAllBytes(path, damaged);
            try
            {
                var meaning = Meaning(part, path);
                refused += meaning is null ? 1 : 0;
                if (meaning is not null && !damaged.AsSpan().SequenceEqual(whole))
                {
                    meaning.ShouldBe(before, $"{part}, seed {seed}");
                }
            }
            catch (SidebandException error)
            {
                error.Message.ShouldNotContain("\n");
                refused++;
            }
        }

        File.WriteAllBytes(path, whole);
        refused.ShouldBeGreaterThan(copies / 4);
        return refused;
    }

    // What a command makes of the file before it goes on; null where a unit would be done again.
    private string? Meaning(string part, string path)
    {
        switch (part)
        {
            case "search.yaml":
                var settings = SettingsReader.Load(path);
                FrozenInputs.CheckSettings(finished.Run, settings);
                return SettingsWriter.Hash(settings);
            case "inputs.json":
                FrozenInputs.Check(finished.Run, finished.Settings, FinishedRun.Inputs.Accounts);
                return "";
            case "plan.json":
                PlanFile.Check(finished.Run, finished.Plan, 1, 1);
                return "";
            case "unit":
                return HashOf(path);
            default:
                if (part != "seal.json")
                {
                    Read(part, path);
                }

                RunSeal.Check(finished.Run);
                return "";
        }
    }

    private static void Read(string part, string path)
    {
        if (part == "results.json")
        {
            ResultsJson.Read(path);
        }
        else
        {
            WindowArrays.ReadAny(path);
        }
    }

    private static string? HashOf(string unit) =>
        UnitStore.OpenToRead(Path.GetDirectoryName(unit)!)!.HashOf(Path.GetFileNameWithoutExtension(unit));

    /// <summary>A finished run, made once.</summary>
    public sealed class Finished : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Finished()
        {
            Plan = Search.Plan.Planner.Make(Settings, FinishedRun.Inputs);
            Run = FinishedRun.Make(_folder.PathOf("run"), Settings);
            PlanFile.Write(Run, Plan);
            Units = [.. Directory.GetFiles(Run.WorkFolder, "*.units").Order(StringComparer.Ordinal).Take(10)];
        }

        public SearchSettings Settings { get; } = FinishedRun.Settings();

        public Search.Plan.SearchPlan Plan { get; }

        public RunDirectory Run { get; }

        public IReadOnlyList<string> Units { get; }

        public void Dispose() => _folder.Dispose();
    }
}
