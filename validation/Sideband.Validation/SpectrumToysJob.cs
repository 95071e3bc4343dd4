using System.Diagnostics;
using System.Globalization;
using Sideband.Events;
using Sideband.Inference.BumpHunt;
using Sideband.Numerics;
using Sideband.Templates;

namespace Sideband.Validation;

/// <summary>
/// The bump hunt on toys of the shared spectrum: CPU time, Z without signal, bias of S and coverage of the limit with signal.
/// validation/bump_hunt starts it.
/// </summary>
internal sealed class SpectrumToysJob
{
    private const double SqrtS = 13, FineBin = 0.002;
    private const int LargeSample = 1_000_000;
    private static readonly MassRange Range = new(2.6, 6), Window = new(3.3, 3.7);

    // Signal in the window: a Gaussian of the width of the shared signal's peak, cut off at the window's limits.
    private const double SignalMass = 3.5, SignalWidth = 0.08;

    private readonly int _toys, _threads;
    private readonly ulong _seed;
    private readonly MassBins _bins = MassBins.Of(MassBins.Split(Range, FineBin));
    private readonly double[] _expected;
    private readonly (string Name, double[] Expected)[] _others;
    private readonly BumpHuntSettings _settings;

    private SpectrumToysJob(double[] masses, double fraction, int fewest, int toys, int threads, ulong seed)
    {
        (_toys, _threads, _seed) = (toys, threads, seed);
        _settings = new BumpHuntSettings(SqrtS, Range) { GoodnessToys = 0, BiasToys = 0, FewestParameters = fewest };
        var sums = SpectrumSums.Of(masses, [Range], SqrtS);
        double[] Expected(SpectrumFunction function)
        {
            var truth = UnbinnedFit.Of(function, sums);
            return [.. Enumerable.Range(0, _bins.Count).Select(bin => fraction * truth.Expected(_bins[bin]).Value.Value!.Value)];
        }

        _expected = Expected(SpectrumFunction.Dijet(SpectrumFunction.MostParameters));
        _others = [.. SpectrumFunction.Alternatives.Select(function => (function.Name, Expected(function)))];
    }

    /// <param name="given">
    /// data; toys (1000); fraction of the spectrum, in per mille (10); fewest parameters (5; 2: as many as the F-test asks for); threads
    /// (1); seed (1).
    /// </param>
    public static void Run(NamedArguments given)
    {
        var data = EventReader.Load(given.File("data"), new ColumnRequest("mjj", FeatureSets.Resolve("baseline"))).Events.Mass.ToArray();
        Time(data);
        var fraction = 1e-3 * NumberList.ParseOne("fraction", given.Text("fraction", "10"), value => value is > 0 and <= 1000, "per mille");
        var job = new SpectrumToysJob(
            data,
            fraction,
            given.Whole("fewest", 5, 2),
            given.Whole("toys", 1000, 10),
            given.Whole("threads", 1, 1),
            (ulong)given.Whole("seed", 1, 0));
        job.Toys();
    }

    private static void Time(double[] data)
    {
        double[] inside = [.. data.Where(mass => Range.Contains(mass))];
        double[] large = [.. Enumerable.Range(0, LargeSample).Select(i => inside[i % inside.Length])];
        var seconds = double.PositiveInfinity;
        for (var repetition = 0; repetition < 5; repetition++)
        {
            var start = Process.GetCurrentProcess().TotalProcessorTime;
            var fit = UnbinnedFit.Of(SpectrumFunction.Dijet(5), SpectrumSums.Of(large, [Range], SqrtS));
            seconds = Math.Min(seconds, (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds);
            if (!fit.Status.Converged)
            {
                throw new InputDataException(fit.Status.Reason!);
            }
        }

        Print($"fit of {LargeSample} events with five parameters: {seconds:F3} CPU-seconds");
    }

    private void Toys()
    {
        var start = Process.GetCurrentProcess().TotalProcessorTime;
        var background = Hunts(_expected, 0, "background");
        var spent = (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds;
        Print($"{_toys} toys of {_expected.Sum():F0} events, with F-test, S + B and limit: {spent:F1} CPU-seconds");
        PrintZ("without signal", background);
        foreach (var asked in background.GroupBy(hunt => hunt.Choice!.Asked.Name).OrderBy(group => group.Key))
        {
            Print($"the F-test asks for {asked.Key} in {asked.Count()}");
        }

        foreach (var (name, expected) in _others)
        {
            PrintZ($"without signal, {name} truth", Hunts(expected, 0, name));
        }

        var error = background.Average(hunt => hunt.Signal!.Error.Value ?? 0);
        foreach (var strength in (double[])[2, 3, 5])
        {
            var signal = strength * error;
            var hunts = Hunts(_expected, signal, FormattableString.Invariant($"signal {strength}"));
            double[] found = [.. hunts.Select(hunt => hunt.Signal!.Signal.Value).OfType<double>()];
            double[] limits = [.. hunts.Select(hunt => hunt.Limit.Value).OfType<double>()];
            var covered = limits.Count(limit => limit >= signal) / (double)limits.Length;
            var scatter = Width(found) / Math.Sqrt(found.Length);
            Print($"signal of {strength} sigma, {signal:F1} events: mean S {found.Average():F1} +- {scatter:F1}");
            Print($"signal of {strength} sigma: limit covers {covered:F3} of {limits.Length}");
        }
    }

    private static void PrintZ(string what, EnhancedBumpHunt[] hunts)
    {
        double[] z = [.. hunts.Select(hunt => hunt.Signal?.Significance.Value).OfType<double>()];
        Print($"{what}: {z.Length} fitted, mean Z {z.Average():+0.000;-0.000}, width {Width(z):F3}, largest {z.Max():F2}");
    }

    private EnhancedBumpHunt[] Hunts(double[] expected, double signal, string name)
    {
        var hunts = new EnhancedBumpHunt[_toys];
        Parallel.For(0, _toys, new ParallelOptions { MaxDegreeOfParallelism = _threads }, toy =>
        {
            var stream = RandomStream.For(_seed, "spectrum toys", name, FormattableString.Invariant($"toy {toy}"));
            var masses = new List<double>();
            for (var bin = 0; bin < _bins.Count; bin++)
            {
                for (var n = stream.NextPoisson(expected[bin]); n > 0; n--)
                {
                    masses.Add(_bins[bin].Low + (_bins[bin].Width * stream.NextDouble()));
                }
            }

            for (var n = stream.NextPoisson(signal); n > 0;)
            {
                var mass = SignalMass + (SignalWidth * stream.NextGaussian());
                if (Window.Contains(mass))
                {
                    masses.Add(mass);
                    n--;
                }
            }

            hunts[toy] = EnhancedBumpHunt.Of([.. masses], Window, _settings, new ToyStreams(_seed, name));
        });
        return hunts;
    }

    private static double Width(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
