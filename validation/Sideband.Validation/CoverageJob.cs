using System.Globalization;
using Sideband.Events;
using Sideband.Inference.Limits;
using Sideband.Search.Collect;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Runs;
using Sideband.Search.Store;

namespace Sideband.Validation;

/// <summary>
/// How often limits of one injection scan exclude the truth in experiments that are independent of it: the redraws of another scan of the
/// same search with another seed, each in the place of the data. validation/coverage starts it.
/// </summary>
internal static class CoverageJob
{
    private static readonly LimitRule[] Rules = [LimitRule.Cls, LimitRule.Root, LimitRule.Published, LimitRule.Neyman];

    /// <param name="given">scan and truth: run directories with finished injection scans.</param>
    public static void Run(NamedArguments given)
    {
        var (scans, truths) = (Scans(given.Text("scan", "")), Scans(given.Text("truth", "")));
        Print($"{scans[0].Scan.Strengths.Count} strengths, {scans[0].Scan.Strengths.Min(Redraws)} redraws each");
        Print($"{truths[0].Scan.Strengths.Count - 1} true strengths, {truths[0].Scan.Strengths.Min(Redraws)} experiments each");
        foreach (var ((window, epsilon, scan), (_, _, truth)) in scans.Zip(truths))
        {
            Print($"");
            var displaced = SignalDisplacement.Of(scan);
            Print($"window {window.Number}, eps_B {epsilon}: a signal event that passes displaces {displaced} background events");
            double[] significances = [.. truth.Strengths[0].Draws.Select(draw => draw.Count.Significance.Value).OfType<double>()];
            var mean = significances.Average();
            var width = Math.Sqrt(significances.Sum(s => (s - mean) * (s - mean)) / (significances.Length - 1));
            Print($"S of {significances.Length} experiments without signal: mean {mean:+0.00;-0.00}, width {width:F2}");
            foreach (var rule in Rules)
            {
                Print($"{rule.Name}: expected limit {ExpectedLimit.Of(rule, scan).Median}");
                foreach (var strength in truth.Strengths.Skip(1))
                {
                    bool?[] covers = [.. strength.Draws.Select(draw => rule.Of(scan, draw.Count).Covers(strength.Strength))];
                    var excluded = covers.Count(covered => covered == false);
                    var known = covers.Count(covered => covered is not null);
                    var failed = strength.Failed + covers.Length - known;
                    Print(
                        $"{rule.Name}: excludes {strength.Strength} events in {excluded} of {known} experiments, {failed} without a limit");
                }
            }
        }
    }

    private static int Redraws(InjectionStrength strength) => strength.Draws.Count + strength.Failed;

    private static IReadOnlyList<(MassWindow Window, double EpsilonB, InjectionScan Scan)> Scans(string root)
    {
        var (directory, settings) = RunDirectory.Open(root);
        var request = ExperimentsFile.Read(directory).Injection
            ?? throw new ConfigurationException($"{root}: no injection scan; make one with 'sideband inject {root}'");
        var plan = Planner.Make(settings, InjectionInputs.Add(InputLoader.Load(settings), settings, request));
        var store = UnitStore.OpenToRead(settings.Store ?? directory.WorkFolder, Console.Error.WriteLine)
            ?? throw new ConfigurationException($"{root}: no finished units");
        return LimitCollector.Scans(plan, store, SearchCounts.Load(plan, store, settings.WorkingPoints), request);
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
