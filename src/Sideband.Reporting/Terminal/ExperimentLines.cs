using Sideband.Reporting.Wording;
using Sideband.Search.Experiments;
using Sideband.Search.Units;
using Spectre.Console;

namespace Sideband.Reporting.Terminal;

/// <summary>What is to be done beside a search, before it is done.</summary>
public static class ExperimentLines
{
    /// <param name="console">Where the lines go.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="open">Units that are not finished.</param>
    /// <param name="threads">Threads that share them.</param>
    public static void Write(IAnsiConsole console, CalibrationRequest request, IReadOnlyList<WorkUnit> open, int threads)
    {
        var experiments = request.Experiments == 0 ? "" : $"{Numbers.Whole(request.Experiments)} experiments, ";
        console.WriteLine($"{experiments}{Kinds.Words(request.Kind)}: {Numbers.Whole(open.Count)} open work units");
        WriteCost(console, open, threads);
    }

    /// <inheritdoc cref="Write(IAnsiConsole, CalibrationRequest, IReadOnlyList{WorkUnit}, int)"/>
    public static void Write(IAnsiConsole console, InjectionRequest request, IReadOnlyList<WorkUnit> open, int threads)
    {
        console.WriteLine(
            $"{request.Draws} redraws of background ({request.From}) with each of "
            + string.Join(", ", request.Strengths.Select(strength => Numbers.Count(strength)))
            + $" signal events, in windows {string.Join(", ", request.Windows)}: {Numbers.Whole(open.Count)} open work units");
        WriteCost(console, open, threads);
    }

    private static void WriteCost(IAnsiConsole console, IReadOnlyList<WorkUnit> open, int threads)
    {
        var cost = open.Sum(unit => unit.Cost);
        console.WriteLine($"about {Numbers.Time(cost)} of CPU time, {Numbers.Time(cost / Math.Max(1, threads))} on {threads} threads");
    }
}
