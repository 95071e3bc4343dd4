using System.Globalization;
using Sideband.Events;
using Sideband.Learning.Transport;
using Sideband.Numerics;
using Sideband.Templates;
using Sideband.Templates.Feta;
using Sideband.Templates.Learned;

namespace Sideband.Validation;

/// <summary>
/// FETA's table VI (arXiv:2212.11285): how well trees tell data from simulation, as it is and carried by a transport that is learned
/// outside of the signal region, in both sidebands and in the signal region. validation/feta starts it.
/// </summary>
internal static class FetaBandsJob
{
    // The error of an AUC is then 0.0018.
    private const int MostEvents = 50_000;
    private const int SpectrumBins = 40;
    private const string Features = "baseline+delta_r";

    private static readonly (string Name, MassInterval Masses)[] Bands =
        [("SB1", new(2.9, 3.3)), ("SR", new(3.3, 3.7)), ("SB2", new(3.7, 4.1))];

    /// <param name="given"><c>data</c>, <c>simulation</c>, <c>profile</c>, <c>training</c>, its number, and <c>threads</c>.</param>
    public static void Run(NamedArguments given)
    {
        var (training, threads) = (given.Whole("training", 1, 1), given.Whole("threads", 1, 1));
        var settings = new OptionValues(given.Text("profile", "standard"), null, new Dictionary<string, string>());
        var options = new FetaTemplate().Configure(settings).OfType<TransportOptions>().Single();
        var (data, simulation) = (Load(given.File("data")), Load(given.File("simulation")));
        RandomStream Stream(string name) => RandomStream.For(1, "FETA bands", FormattableString.Invariant($"training {training}"), name);
        static TransportSample Outside(EventTable events)
        {
            var beside = events.Select(events.IndicesOutside(Bands[1].Masses));
            return new TransportSample(DrawnEvents.Features(beside), beside.Mass.ToArray());
        }

        var start = Environment.CpuUsage.TotalTime.TotalSeconds;
        var middle = 0.5 * (Bands[1].Masses.Low + Bands[1].Masses.High);
        var fit = TransportTrainer.AtOneMass(
            options, Outside(simulation), Outside(data), middle, Stream("transport"), threads, CancellationToken.None);
        var transport = fit.Transport ?? throw new InputDataException($"transport {training}: {fit.Failure}");
        Print($"{data.In(Bands[1].Masses).Count} events of data in SR");
        Print($"transport: {fit.ValidationLoss.Count} passes in {Environment.CpuUsage.TotalTime.TotalSeconds - start:F0} CPU s");
        foreach (var (name, masses) in Bands)
        {
            var truth = Some(data.In(masses), Stream($"{name} data"));
            var events = Some(simulation.In(masses), Stream($"{name} simulation"));
            ToyRow[] rows =
            [
                Weighted("as it is", events, truth, masses),
                Weighted("carried", Carried(events, transport), truth, masses),
            ];
            foreach (var row in rows)
            {
                var auc = ToyComparison.Auc(truth, row, masses, Stream($"{row.Name} {name}"), threads);
                Print($"{name} {row.Name}: AUC {auc:F4}, KS {ToyComparison.Distance(truth, row, masses):F4}");
            }
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static EventTable Load(EventFileSpec file) =>
        EventReader.Load(file, new ColumnRequest("mjj", FeatureSets.Resolve(Features))).Events;

    private static EventTable Some(EventTable events, RandomStream stream)
    {
        int[] rows = [.. Enumerable.Range(0, events.Count)];
        stream.Shuffle<int>(rows);
        return events.Select(rows.AsSpan(0, Math.Min(rows.Length, MostEvents)));
    }

    private static EventTable Carried(EventTable events, EventTransport transport)
    {
        var images = transport.Map(DrawnEvents.Features(events), events.Mass.ToArray());
        int[] good = [.. Enumerable.Range(0, events.Count).Where(i => float.IsFinite(images[0][i]))];
        return events.Select(good).WithFeatures([.. images.Select(column => Array.ConvertAll(good, i => column[i]))]);
    }

    // The trees see the mass, whose spectrum no transport changes: weights give it that of the data.
    private static ToyRow Weighted(string name, EventTable events, EventTable truth, MassInterval masses)
    {
        int Bin(double mass) => Math.Min((int)((mass - masses.Low) / masses.Width * SpectrumBins), SpectrumBins - 1);
        double[] Spectrum(EventTable table)
        {
            var counts = new double[SpectrumBins];
            foreach (var mass in table.Mass)
            {
                counts[Bin(mass)]++;
            }

            return counts;
        }

        var (wanted, found) = (Spectrum(truth), Spectrum(events));
        return new ToyRow(name, events, Array.ConvertAll(events.Mass.ToArray(), mass => wanted[Bin(mass)] / found[Bin(mass)]));
    }
}
