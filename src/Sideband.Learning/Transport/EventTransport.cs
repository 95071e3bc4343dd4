using Sideband.Learning.Densities;
using Sideband.Learning.Densities.FlowMatching;
using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Networks.Kernels;
using Sideband.Learning.Saving;

namespace Sideband.Learning.Transport;

/// <summary>
/// A map of events to events in standardised features, at one mass or from one mass to another: along a velocity (flow matching), or by
/// splines. An event's image depends on itself alone. Safe for several threads at once.
/// </summary>
public sealed class EventTransport
{
    private static readonly SavedFrame Frame = new(0x50544253 /* "SBTP" */, 4, "transport");

    private readonly LogitStandardisation _scaling;
    private readonly MassScaling _massScaling;
    private readonly IEventMap _map;

    internal EventTransport(LogitStandardisation scaling, MassScaling massScaling, IEventMap map) =>
        (_scaling, _massScaling, _map) = (scaling, massScaling, map);

    /// <summary>How it was learned.</summary>
    public TransportKind Kind => _map.Kind;

    /// <summary>Masses that an event has: 1, or 2 where it is carried from one to another.</summary>
    public int Masses => _map.Masses;

    /// <summary>The images of events; NaN in all features where an event lies outside of the range that was learned.</summary>
    /// <param name="features">[feature][event], in the units of the training.</param>
    /// <param name="masses">The mass of each image and, where the transport has two masses, that of each event.</param>
    /// <exception cref="ArgumentException">Another number of features or masses, or columns of different lengths.</exception>
    public float[][] Map(float[][] features, params double[][] masses)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(masses);
        if (features.Length != _scaling.Count
            || masses.Length != Masses
            || features.Concat<Array>(masses).Any(column => column.Length != masses[0].Length))
        {
            throw new ArgumentException(
                $"{features.Length} features and {masses.Length} masses; the transport has {_scaling.Count} and {Masses}, of equal length");
        }

        var (d, events) = (features.Length, masses[0].Length);
        var images = new float[d][];
        for (var f = 0; f < d; f++)
        {
            images[f] = new float[events];
            images[f].AsSpan().Fill(float.NaN);
        }

        var block = _map.NewBlock();
        var (x, rowOf, standard) = (new Matrix(IBlockMap.Rows, d), new int[IBlockMap.Rows], new float[IBlockMap.Rows * Masses]);
        var z = new double[d];
        var from = masses[^1];
        var keys = _scaling.Keys(features, from);
        for (var next = 0; next < events;)
        {
            var count = 0;
            for (; next < events && count < IBlockMap.Rows; next++)
            {
                if (_scaling.TryForward(features, next, from[next], keys, z, out _))
                {
                    for (var f = 0; f < d; f++)
                    {
                        x.RowSpan(count)[f] = (float)z[f];
                    }

                    for (var m = 0; m < Masses; m++)
                    {
                        standard[(count * Masses) + m] = _massScaling.Standardise(masses[m][next]);
                    }

                    rowOf[count++] = next;
                }
            }

            block.Map(x, standard.AsSpan(0, count * Masses));
            for (var i = 0; i < count; i++)
            {
                var image = x.RowSpan(i);
                var combination = _scaling.CombinationOf(image);
                for (var f = 0; f < d; f++)
                {
                    images[f][rowOf[i]] = _scaling.Inverse(f, image[f], masses[0][rowOf[i]], combination);
                }
            }
        }

        return images;
    }

    /// <summary>Writes preprocessing and weights, of flow matching the grid of times, too.</summary>
    /// <param name="stream">Left open behind the transport.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Frame.Write(stream, writer =>
        {
            _scaling.Save(writer);
            writer.Write(_massScaling.Mean);
            writer.Write(_massScaling.Deviation);
            writer.Write((int)Kind);
            writer.Write(Masses);
            _map.Save(writer);
        });
    }

    /// <summary>The transport that was saved, bit for bit.</summary>
    /// <param name="stream">Left open behind the transport.</param>
    /// <exception cref="InvalidDataException">
    /// Not a saved transport, a damaged one, or one of another version; the message says which.
    /// </exception>
    public static EventTransport Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new BinaryReader(new MemoryStream(Frame.ReadPayload(stream)));
        var scaling = LogitStandardisation.Load(reader);
        var massScaling = new MassScaling(reader.ReadDouble(), reader.ReadDouble());
        var (kind, masses) = ((TransportKind)reader.ReadInt32(), reader.ReadInt32());
        return new EventTransport(scaling, massScaling, kind switch
        {
            TransportKind.FlowMatching => new VelocityMap(FlowMatchingFile.Read(reader, masses)),
            TransportKind.Spline => SplineMap.Load(reader, masses),
            var other => throw new InvalidDataException($"a transport of kind {(int)other}"),
        });
    }
}
