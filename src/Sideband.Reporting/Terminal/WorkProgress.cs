using System.Diagnostics;
using System.Globalization;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Spectre.Console;

namespace Sideband.Reporting.Terminal;

/// <summary>Progress of work units with the remaining time: a bar on a terminal, a line now and then in a log.</summary>
public static class WorkProgress
{
    /// <summary>The environment variable for the seconds between two lines of a log; a program that follows them asks for one.</summary>
    private const string IntervalVariable = "SIDEBAND_PROGRESS_SECONDS";

    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(
        int.TryParse(
            Environment.GetEnvironmentVariable(IntervalVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds > 0 ? seconds : 15);

    /// <summary>Runs work and shows how far it is.</summary>
    /// <param name="console">Standard error.</param>
    /// <param name="open">Units to do.</param>
    /// <param name="work">Gets the function to call after each unit.</param>
    public static void Run(IAnsiConsole console, IReadOnlyList<WorkUnit> open, Action<Action<WorkUnit>> work)
    {
        var total = 0.0;
        foreach (var unit in open)
        {
            total += unit.Cost;
        }

        var clock = Stopwatch.StartNew();
        if (!console.Profile.Capabilities.Interactive || total == 0)
        {
            Plain(console, open.Count, total, clock, work);
            return;
        }

        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context =>
            {
                var task = context.AddTask("training", maxValue: total);
                work(unit =>
                {
                    task.Increment(unit.Cost);
                    task.Description = Markup.Escape($"{Where(unit)}, {Remaining(clock, task.Value, total)} left");
                });
            });
    }

    private static void Plain(IAnsiConsole console, int units, double total, Stopwatch clock, Action<Action<WorkUnit>> work)
    {
        var (done, cost, last) = (0, 0.0, TimeSpan.Zero);
        work(unit =>
        {
            (done, cost) = (done + 1, cost + unit.Cost);
            if (clock.Elapsed - last >= LogInterval || done == units)
            {
                last = clock.Elapsed;
                console.WriteLine($"{done} of {units} units, {Where(unit)}, {Remaining(clock, cost, total)} left");
            }
        });
    }

    private static string Where(WorkUnit unit) =>
        $"{SampleOf(unit)} {unit.Window.Name} run {unit.Run}{(unit.Stage is FoldStage ? "" : " " + unit.Stage.Name)}";

    private static string SampleOf(WorkUnit unit) =>
        unit.Sample == ChainSample.MonteCarlo ? "Monte Carlo" : unit.Sample == ChainSample.Sideband ? "sidebands" : unit.Sample.Name;

    private static string Remaining(Stopwatch clock, double done, double total) =>
        Numbers.Time(clock.Elapsed.TotalSeconds * Math.Max(0, total - done) / Math.Max(done, 1e-9));
}
