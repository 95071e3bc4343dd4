using Sideband.Search.Engines.Batch;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Search.Tests.Engines.Batch;

/// <summary>Units cut into tasks of a batch system.</summary>
public sealed class TaskPackingTests
{
    private static readonly SearchPlan Cathode = Planner.Make(
        Toy.Settings(("method", "cathode"), ("systematics", "none")),
        Toy.Inputs(Toy.Background("packing", 4000)),
        new GaussianDensities());

    private static EngineChoice Choice(params string[] options) => EngineChoice.Parse("slurm", options);

    [Fact]
    public void Every_unit_is_in_one_task_and_needs_only_what_lower_levels_do()
    {
        var tasks = TaskPacking.Of(Cathode.Units, 2, Choice("pack=0.0001"));
        tasks.SelectMany(task => task.Units).OrderBy(unit => unit.Index).ShouldBe(Cathode.Units);
        var levelOf = tasks.SelectMany(task => task.Units.Select(unit => (unit.Key, task.Level)))
            .ToDictionary(entry => entry.Key, entry => entry.Level);
        foreach (var unit in Cathode.Units)
        {
            unit.Needs.ShouldAllBe(need => levelOf[need.Key] < levelOf[unit.Key]);
        }

        tasks.Select(task => task.Level).ShouldBeInOrder();
        tasks.Max(task => task.Level).ShouldBeGreaterThan(1);
    }

    [Fact]
    public void What_is_done_already_puts_nobody_on_a_higher_level()
    {
        var folds = Cathode.Units.Where(unit => unit.Stage is FoldStage).ToArray();
        TaskPacking.Of(folds, 2, Choice()).ShouldAllBe(task => task.Level == 0);
    }

    [Fact]
    public void A_window_of_an_experiment_is_done_by_one_worker_with_the_density_that_it_keeps_in_memory()
    {
        var experiments = new ExperimentPlan(
            Cathode, [.. Enumerable.Range(1, 3).Select(number => new Experiment(number, new DrawnRows(InputRole.Data, 3000, true)))]);
        var tasks = TaskPacking.Of([.. experiments.Units(1, experiments.Count)], 2, Choice("pack=0.0001"));
        tasks.Sum(task => task.Units.Count).ShouldBe(experiments.Count);
        tasks.Count.ShouldBe(3 * 3);
        tasks.ShouldAllBe(task => task.Level == 0);
        tasks.ShouldAllBe(task => task.Units.DistinctBy(unit => unit.Experiment.Number).Count() == 1);
        tasks.ShouldAllBe(task => task.Units.DistinctBy(unit => unit.Window.Number).Count() == 1);
    }

    // 19,200 units of a second.
    [Theory]
    [InlineData(4, "", 8)]                    // two a core would be 40 minutes
    [InlineData(2, "", 8)]                    // two a core would be 80 minutes: 40 are enough
    [InlineData(50, "", 100)]                 // two a core
    [InlineData(50, "cpus=10", 10)]           // two for every ten cores
    [InlineData(100_000, "", 960)]            // none shorter than 20 s
    [InlineData(4, "time=20", 32)]            // half of the time limit
    [InlineData(4, "pack=5", 64)]             // what was asked for
    public void Tasks_are_long_but_two_a_core(int cores, string option, int expected)
    {
        WorkUnit[] units =
        [
            .. Enumerable.Range(1, 19_200).Select(i => Cathode.Units[0] with { Index = i, Key = $"{i}", Cost = 1, Needs = [] }),
        ];
        TaskPacking.Of(units, cores, Choice(option.Length == 0 ? [] : [option])).Count.ShouldBe(expected);
    }

    [Theory]
    [InlineData("slurm", "partiton=long", "--engine-option: engine 'slurm' has no 'partiton'")]
    [InlineData("slurm", "time=soon", "--engine-option time: 'soon' is not allowed; allowed: minutes, HH:MM:SS or D-HH:MM:SS")]
    [InlineData("slurm", "mem=4 GB", "--engine-option mem: '4 GB' is not allowed")]
    [InlineData("slurm", "mem=G", "--engine-option mem: 'G' is not allowed")]
    [InlineData("slurm", "account=a b", "--engine-option account: 'a b' is not allowed")]
    [InlineData("slurm", "partition=--wrap", "--engine-option partition: '--wrap' is not allowed")]
    [InlineData("slurm", "cpus=0", "--engine-option cpus: '0' is not allowed; allowed: 1 to 1024")]
    [InlineData("slurm", "pack=0", "--engine-option pack: '0' is not allowed; allowed: minutes above 0")]
    [InlineData("slurm", "time", "--engine-option: 'time' is not allowed; allowed: KEY=VALUE")]
    [InlineData("htcondor", "partition=long", "--engine-option: engine 'htcondor' has no 'partition'")]
    [InlineData("local", "mem=4G", "--engine-option: engine 'local' has no 'mem'; allowed: none")]
    [InlineData("pbs", "mem=4G", "--engine: 'pbs' is not allowed; allowed: local, slurm, htcondor")]
    public void Wrong_options_are_refused(string engine, string option, string error) =>
        Should.Throw<Events.ConfigurationException>(() => EngineChoice.Parse(engine, [option])).Message.ShouldStartWith(error);

    [Theory]
    [InlineData("90", 90)]
    [InlineData("01:30:00", 90)]
    [InlineData("1-00:30:00", 1470)]
    public void Times_are_those_of_Slurm(string text, int minutes) => Choice($"time={text}").Time!.Value.TotalMinutes.ShouldBe(minutes);
}
