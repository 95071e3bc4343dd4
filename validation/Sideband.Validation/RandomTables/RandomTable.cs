using Sideband.Events.Writers;
using Sideband.Numerics;

namespace Sideband.Validation.RandomTables;

/// <summary>
/// A table of random columns: a falling mass, and features that do not depend on it. What it is made of is drawn from the stream of its
/// number; data and background are two draws from the same thing.
/// </summary>
internal sealed class RandomTable
{
    private const double PartAbsent = 0.3;
    private const double PartTwice = 0.3;
    private const double PartMissing = 0.1;
    private const double PartNegative = 0.15;

    /// <summary>Signal has the highest values: what fewer background events have the more features there are.</summary>
    private const double SignalPlace = 0.85;

    private readonly Func<double, double> _mass;
    private readonly Func<double, double>[] _features;
    private readonly double _correlation;

    // A simulated event has the place u^p where data have the place u.
    private readonly double[] _simulatedPowers;

    /// <param name="number">From 0; says the kind.</param>
    public RandomTable(int number)
    {
        (Number, Kind) = (number, (TableKind)(number % Enum.GetValues<TableKind>().Length));
        var random = RandomStream.For((ulong)number, "random table", "model");
        var (low, scale, power) = (100 + (400 * random.NextDouble()), 50 + (200 * random.NextDouble()), 3 + (3 * random.NextDouble()));
        _mass = random.NextInt(2) == 0
            ? u => low - (scale * PortableMath.Log(1 - u))
            : u => low * PortableMath.Exp(-PortableMath.Log(1 - u) / power);
        Func<RandomStream, Func<double, double>>[] kinds = Kind switch
        {
            TableKind.Continuous => [RandomFeature.Smooth],
            TableKind.HardEdges => [RandomFeature.HardEdge, RandomFeature.Smooth],
            TableKind.Whole => [RandomFeature.Whole, RandomFeature.Smooth],
            TableKind.PointMasses => [RandomFeature.PointMass, RandomFeature.Smooth],
            _ => [RandomFeature.Smooth, RandomFeature.HardEdge, RandomFeature.Whole, RandomFeature.PointMass],
        };
        var count = Kind == TableKind.Mixed ? 4 : 2 + random.NextInt(2);
        _features = [.. Enumerable.Range(0, count).Select(f => kinds[f % kinds.Length](random))];
        _correlation = 0.7 * random.NextDouble();
        _simulatedPowers = [.. _features.Select(_ => 0.8 + (0.45 * random.NextDouble()))];
    }

    public int Number { get; }

    public TableKind Kind { get; }

    public IReadOnlyList<string> FeatureNames => [.. _features.Select((_, f) => FormattableString.Invariant($"x{f + 1}"))];

    /// <summary>
    /// Windows side by side between the 25 % and the 75 % quantile of the mass, as the setting <c>windows</c> writes them.
    /// </summary>
    public string Windows(int count) => string.Join(',', Enumerable.Range(0, count).Select(w =>
        FormattableString.Invariant($"{Limit(w, count):R}:{Limit(w + 1, count):R}")));

    /// <summary>A width of the short sidebands for which all lie inside of the spectrum.</summary>
    public double SidebandWidth(int windows) => 0.4 * (Limit(1, windows) - Limit(0, windows));

    /// <summary>Window, from 1, that signal is planted in.</summary>
    public static int SignalWindow(int windows) => 1 + (windows / 2);

    /// <summary>Writes a draw of background, with signal in the middle of a window.</summary>
    /// <param name="path">An NPZ file.</param>
    /// <param name="draw">Name of the random stream.</param>
    /// <param name="events">Background events.</param>
    /// <param name="signal">Signal events.</param>
    /// <param name="windows">Number of windows.</param>
    public void Write(string path, string draw, int events, int signal, int windows)
    {
        var random = RandomStream.For((ulong)Number, "random table", draw);
        List<double[]> rows = [.. Enumerable.Range(0, events).Select(_ => Background(random))];
        rows.AddRange(Enumerable.Range(0, signal).Select(_ => Signal(random, windows)));
        if (Kind == TableKind.Copies)
        {
            rows.AddRange([.. rows.Where(_ => random.NextDouble() < PartTwice)]);
        }

        Write(path, rows, []);
    }

    /// <summary>
    /// Writes simulated background, as much as there are data: every feature is shifted a little, by the same at every mass.
    /// </summary>
    public void WriteSimulation(string path, int events)
    {
        var random = RandomStream.For((ulong)Number, "random table", "simulated background");
        Write(path, [.. Enumerable.Range(0, events).Select(_ => Background(random, _simulatedPowers))], []);
    }

    /// <summary>Writes a draw of background as method ideal shall take it; true where it has weights, in a column <c>w</c>.</summary>
    public bool WriteIdeal(string path, int events)
    {
        var random = RandomStream.For((ulong)Number, "random table", "ideal background");
        if (Kind != TableKind.Weighted)
        {
            Write(path, [.. Enumerable.Range(0, events).Select(_ => Background(random))], []);
            return false;
        }

        // Of events below a place of the first feature a third is left, which counts three times as much.
        var (rows, weights) = (new List<double[]>(), new List<double>());
        var place = _features[0](0.5);
        for (var i = 0; i < 2 * events; i++)
        {
            var row = Background(random);
            var thinned = row[1] <= place;
            if (!thinned || random.NextInt(3) == 0)
            {
                rows.Add(row);
                weights.Add((thinned ? 1.5 : 0.5) * (Number % 2 == 1 && random.NextDouble() < PartNegative ? -1 : 1));
            }
        }

        Write(path, rows, [.. weights]);
        return true;
    }

    private double Limit(int window, int windows)
    {
        var (low, high) = (_mass(0.25), _mass(0.75));
        return low + ((high - low) * window / windows);
    }

    // Mass, features.
    private double[] Background(RandomStream random, double[]? powers = null)
    {
        var mass = _mass(random.NextDouble());
        var common = random.NextGaussian();
        var absent = Kind is TableKind.PointMasses or TableKind.Mixed && random.NextDouble() < PartAbsent;
        var values = new double[_features.Length];
        for (var f = 0; f < values.Length; f++)
        {
            var place = NormalDistribution.UpperTail(
                (_correlation * common) + (Math.Sqrt(1 - (_correlation * _correlation)) * random.NextGaussian()));
            values[f] = _features[f](powers is null ? place : PortableMath.Exp(powers[f] * PortableMath.Log(place)));
        }

        if (absent)
        {
            (values[0], values[1]) = (RandomFeature.Sentinel, RandomFeature.Sentinel);
        }

        if (Kind == TableKind.MissingValues && random.NextDouble() < PartMissing)
        {
            values[0] = double.NaN;
        }

        return [mass, .. values];
    }

    private double[] Signal(RandomStream random, int windows)
    {
        var (low, high) = (Limit(SignalWindow(windows) - 1, windows), Limit(SignalWindow(windows), windows));
        var mass = (0.5 * (low + high)) + (0.1 * (high - low) * random.NextGaussian());
        return [mass, .. _features.Select(feature => feature(SignalPlace + ((1 - SignalPlace) * random.NextDouble())))];
    }

    private void Write(string path, List<double[]> rows, double[] weights) => NpzWriter.Write(path, archive =>
    {
        string[] names = ["m", .. FeatureNames];
        for (var c = 0; c < names.Length; c++)
        {
            archive.Add<double>(names[c], [.. rows.Select(row => row[c])]);
        }

        if (weights.Length > 0)
        {
            archive.Add<double>("w", weights);
        }
    });
}
