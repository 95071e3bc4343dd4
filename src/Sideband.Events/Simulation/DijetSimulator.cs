using System.Globalization;
using Sideband.Numerics;

namespace Sideband.Events.Simulation;

/// <summary>
/// Draws dijet-like background and a resonance from <see cref="DijetDensity"/>. Events come in blocks of 10,000 with a random
/// stream each, so that the first events of a kind are the same however many are asked for, and with or without the other kind.
/// </summary>
public static class DijetSimulator
{
    private const int BlockSize = 10_000;

    /// <summary>
    /// The background events (label 0, rows from 0 in a source of their own), then the signal events (label 1, likewise).
    /// An event's identity, source and row, does not depend on how many are generated.
    /// </summary>
    /// <exception cref="ConfigurationException">The request is out of range.</exception>
    public static EventTable Generate(SimulationRequest request)
    {
        request.Check();
        var columns = new EventColumns(request.Events + request.Signal, request.Features);
        var background = $"{(request.Background == DijetBackground.Default ? "default" : "alternative")} background";
        Draw(DijetDensity.Background(request.Background), background, request.Seed, columns, 0, request.Events);
        Draw(DijetDensity.Signal, "signal", request.Seed, columns, request.Events, request.Signal);
        return columns.ToTable(
            request.Events,
            Source(DijetDensity.Background(request.Background), background, request.Seed),
            Source(DijetDensity.Signal, "signal", request.Seed));
    }

    private static EventSource Source(DijetDensity density, string kind, ulong seed) => EventSource.Simulated(
        string.Create(CultureInfo.InvariantCulture, $"simulated dijets: {kind}, seed {seed}, parameters {density.ParametersSha256[..16]}"));

    private static void Draw(DijetDensity density, string kind, ulong seed, EventColumns columns, int start, int count)
    {
        Span<double> features = stackalloc double[DijetFeatures.All.Count];
        for (var first = 0; first < count; first += BlockSize)
        {
            var block = string.Create(CultureInfo.InvariantCulture, $"block {first / BlockSize}");
            var stream = RandomStream.For(seed, "simulation", kind, block);
            for (var i = first; i < Math.Min(count, first + BlockSize); i++)
            {
                var mass = density.Sample(stream, features);
                columns.Set(start + i, mass, features);
            }
        }
    }

    /// <summary>The columns while they are filled.</summary>
    private sealed class EventColumns(int count, IReadOnlyList<string> names)
    {
        private readonly double[] _mass = new double[count];
        private readonly float[][] _features = [.. names.Select(_ => new float[count])];
        private readonly int[] _positions = DijetFeatures.Positions(names);

        public void Set(int row, double mass, ReadOnlySpan<double> features)
        {
            _mass[row] = mass;
            for (var j = 0; j < _positions.Length; j++)
            {
                _features[j][row] = (float)features[_positions[j]];
            }
        }

        public EventTable ToTable(int background, EventSource backgroundSource, EventSource signalSource)
        {
            var (labels, sourceIndex, rows) = (new byte[count], new short[count], new int[count]);
            for (var i = 0; i < count; i++)
            {
                var isSignal = i >= background;
                labels[i] = isSignal ? (byte)1 : (byte)0;
                sourceIndex[i] = isSignal ? (short)1 : (short)0;
                rows[i] = isSignal ? i - background : i;
            }

            return new EventTable(
                DijetFeatures.Mass, _mass, [.. names], _features, [backgroundSource, signalSource], sourceIndex, rows, labels);
        }
    }
}
