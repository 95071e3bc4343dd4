using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Densities;

/// <summary>
/// What all densities share: preprocessing, blocks of events, and several members (pooled epochs), of which event i is sampled by number
/// i modulo their count, whose mean the density is and whose first gives the latent map.
/// </summary>
internal abstract class StandardisedDensity(LogitStandardisation scaling, MassScaling massScaling, int members) : IConditionalDensity
{
    public int FeatureCount => scaling.Count;

    protected abstract DensityKind Kind { get; }

    /// <inheritdoc/>
    public void LogDensity(float[][] features, ReadOnlySpan<double> mass, Span<double> logDensity)
    {
        Check(features, mass.Length);
        var blocks = Enumerable.Range(0, members).Select(member => NewBlock(member, withDensity: true)).ToArray();
        var (x, start) = (new Matrix(IBlockMap.Rows, FeatureCount), new Matrix(IBlockMap.Rows, FeatureCount));
        var (standardMass, rowOf, preprocessing) = (new float[IBlockMap.Rows], new int[IBlockMap.Rows], new double[IBlockMap.Rows]);
        var (jacobian, ofMember) = (new double[IBlockMap.Rows], new double[members]);
        var byMember = new double[members][];
        for (var member = 0; member < members; member++)
        {
            byMember[member] = new double[IBlockMap.Rows];
        }

        var keys = scaling.Keys(features, mass);
        for (var next = 0; next < mass.Length;)
        {
            next = Gather(features, mass, keys, next, start, standardMass, rowOf, preprocessing, logDensity, out var count);
            for (var member = 0; member < members; member++)
            {
                x.CopyFrom(start, count);
                blocks[member].ToLatent(x, standardMass.AsSpan(0, count), jacobian);
                for (var i = 0; i < count; i++)
                {
                    var square = 0.0;
                    foreach (var z in x.RowSpan(i))
                    {
                        square += (double)z * z;
                    }

                    byMember[member][i] = jacobian[i] + preprocessing[i] - (0.5 * square) - (FeatureCount * StandardNormal.HalfLogTwoPi);
                }
            }

            for (var i = 0; i < count; i++)
            {
                for (var member = 0; member < members; member++)
                {
                    ofMember[member] = byMember[member][i];
                }

                logDensity[rowOf[i]] = LogMeanExp(ofMember);
            }
        }
    }

    /// <inheritdoc/>
    public float[][] Sample(ReadOnlySpan<double> mass, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var latent = NewColumns(mass.Length);
        for (var i = 0; i < mass.Length; i++)
        {
            for (var f = 0; f < FeatureCount; f++)
            {
                latent[f][i] = (float)stream.NextGaussian();
            }
        }

        Draw(latent, mass);
        return latent;
    }

    /// <summary>As <see cref="Sample"/>, of given noise, in whose place the features are written.</summary>
    public void Draw(float[][] latent, ReadOnlySpan<double> mass)
    {
        for (var member = 0; member < members; member++)
        {
            FromLatent(latent, mass, NewBlock(member, withDensity: false), first: member, every: members, latent);
        }
    }

    /// <summary>As <see cref="Draw"/>, but what is written are the variables that the members know.</summary>
    public void DrawVariables(float[][] latent, ReadOnlySpan<double> mass)
    {
        for (var member = 0; member < members; member++)
        {
            FromLatent(latent, mass, NewBlock(member, withDensity: false), first: member, every: members, latent, variables: true);
        }
    }

    /// <inheritdoc/>
    public float[][] ToLatent(float[][] features, ReadOnlySpan<double> mass)
    {
        Check(features, mass.Length);
        var block = NewBlock(0, withDensity: false);
        var x = new Matrix(IBlockMap.Rows, FeatureCount);
        var (standardMass, rowOf, jacobian) = (new float[IBlockMap.Rows], new int[IBlockMap.Rows], new double[IBlockMap.Rows]);
        var latent = NewColumns(mass.Length);
        foreach (var column in latent)
        {
            column.AsSpan().Fill(float.NaN);
        }

        var keys = scaling.Keys(features, mass);
        for (var next = 0; next < mass.Length;)
        {
            next = Gather(features, mass, keys, next, x, standardMass, rowOf, jacobian, [], out var count);
            block.ToLatent(x, standardMass.AsSpan(0, count), []);
            for (var i = 0; i < count; i++)
            {
                var z = x.RowSpan(i);
                for (var f = 0; f < z.Length; f++)
                {
                    latent[f][rowOf[i]] = z[f];
                }
            }
        }

        return latent;
    }

    /// <inheritdoc/>
    public float[][] FromLatent(float[][] latent, ReadOnlySpan<double> mass)
    {
        Check(latent, mass.Length);
        var features = NewColumns(mass.Length);
        FromLatent(latent, mass, NewBlock(0, withDensity: false), first: 0, every: 1, features);
        return features;
    }

    /// <inheritdoc/>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        DensityFile.Frame.Write(stream, writer =>
        {
            writer.Write((int)Kind);
            scaling.Save(writer);
            writer.Write(massScaling.Mean);
            writer.Write(massScaling.Deviation);
            writer.Write(members);
            SaveMembers(writer);
        });
    }

    /// <summary>The same members with another preprocessing.</summary>
    public StandardisedDensity With(LogitStandardisation other) => With(other, massScaling);

    protected abstract StandardisedDensity With(LogitStandardisation other, MassScaling otherMass);

    /// <summary>Buffers and map of a member; <paramref name="withDensity"/>: with the Jacobian.</summary>
    protected abstract IBlockMap NewBlock(int member, bool withDensity);

    protected abstract void SaveMembers(BinaryWriter writer);

    private void FromLatent(
        float[][] latent, ReadOnlySpan<double> mass, IBlockMap block, int first, int every, float[][] features, bool variables = false)
    {
        var z = new Matrix(IBlockMap.Rows, FeatureCount);
        Span<float> standardMass = stackalloc float[IBlockMap.Rows];
        for (var begin = first; begin < mass.Length; begin += IBlockMap.Rows * every)
        {
            var count = Math.Min(IBlockMap.Rows, ((mass.Length - begin - 1) / every) + 1);
            for (var i = 0; i < count; i++)
            {
                var row = begin + (i * every);
                standardMass[i] = massScaling.Standardise(mass[row]);
                var to = z.RowSpan(i);
                for (var f = 0; f < to.Length; f++)
                {
                    to[f] = latent[f][row];
                }
            }

            block.FromLatent(z, standardMass[..count]);
            for (var i = 0; i < count; i++)
            {
                var from = z.RowSpan(i);
                var combination = scaling.CombinationOf(from);
                for (var f = 0; f < from.Length; f++)
                {
                    var row = begin + (i * every);
                    features[f][row] = variables ? from[f] : scaling.Inverse(f, from[f], mass[row], combination);
                }
            }
        }
    }

    /// <summary>Fills a block with the next events inside of the range; those outside get the density 0.</summary>
    private int Gather(
        float[][] features,
        ReadOnlySpan<double> mass,
        ulong[] keys,
        int next,
        Matrix x,
        float[] standardMass,
        int[] rowOf,
        double[] logJacobian,
        Span<double> logDensity,
        out int count)
    {
        Span<double> z = stackalloc double[FeatureCount];
        for (count = 0; next < mass.Length && count < IBlockMap.Rows; next++)
        {
            if (!scaling.TryForward(features, next, mass[next], keys, z, out logJacobian[count]))
            {
                if (!logDensity.IsEmpty)
                {
                    logDensity[next] = double.NegativeInfinity;
                }

                continue;
            }

            var row = x.RowSpan(count);
            for (var f = 0; f < row.Length; f++)
            {
                row[f] = (float)z[f];
            }

            standardMass[count] = massScaling.Standardise(mass[next]);
            rowOf[count++] = next;
        }

        return next;
    }

    private static double LogMeanExp(double[] values)
    {
        var max = values.Max();
        if (values.Length == 1 || !double.IsFinite(max))
        {
            return max;
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += PortableMath.Exp(value - max);
        }

        return max + PortableMath.Log(sum / values.Length);
    }

    private float[][] NewColumns(int length) => [.. Enumerable.Range(0, FeatureCount).Select(_ => new float[length])];

    private void Check(float[][] columns, int events)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length != FeatureCount || columns.Any(column => column.Length != events))
        {
            throw new ArgumentException($"{columns.Length} columns for {events} masses; the density has {FeatureCount} features");
        }
    }
}
