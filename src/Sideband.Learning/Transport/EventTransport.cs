using Sideband.Learning.Densities;
using Sideband.Learning.Densities.FlowMatching;
using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Networks.Kernels;
using Sideband.Learning.Saving;

namespace Sideband.Learning.Transport;

/// <summary>
/// A map of events to events, dx/dt = v(x, t, m) from t = 1 to t = 0 in standardised features, at one mass or from one mass to another.
/// An event's image depends on itself alone. Safe for several threads at once.
/// </summary>
public sealed class EventTransport
{
    private static readonly SavedFrame Frame = new(0x50544253 /* "SBTP" */, 3, "transport");

    private readonly LogitStandardisation _scaling;
    private readonly MassScaling _massScaling;
    private readonly FlowMatchingMember _member;

    internal EventTransport(LogitStandardisation scaling, MassScaling massScaling, FlowMatchingMember member) =>
        (_scaling, _massScaling, _member) = (scaling, massScaling, member);

    /// <summary>Masses that an event has: 1, or 2 where it is carried from one to another.</summary>
    public int Masses => _member.Masses;

    /// <summary>Evaluations of the velocity for each event.</summary>
    public int Evaluations => _member.Evaluations;

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

        var solver = new OdeSolver(IBlockMap.Rows, d);
        var velocity = new VelocityBlock(_member.Networks, IBlockMap.Rows, withTrace: false);
        double[] falling = [.. _member.Grid.Reverse()];
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

            velocity.Start(standard.AsSpan(0, count * Masses));
            solver.AlongGrid(velocity, x, count, falling);
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

    /// <summary>Writes preprocessing, weights and the grid of times.</summary>
    /// <param name="stream">Left open behind the transport.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Frame.Write(stream, writer =>
        {
            _scaling.Save(writer);
            writer.Write(_massScaling.Mean);
            writer.Write(_massScaling.Deviation);
            writer.Write(Masses);
            FlowMatchingFile.Write(writer, _member);
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
        return new EventTransport(scaling, massScaling, FlowMatchingFile.Read(reader, reader.ReadInt32()));
    }
}
