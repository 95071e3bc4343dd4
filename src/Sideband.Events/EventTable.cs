using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Sideband.Events;

/// <summary>
/// Events as columns: the resonant variable, the features, and where known label and weight. Immutable; every column has
/// <see cref="Count"/> entries.
/// </summary>
public sealed class EventTable
{
    private readonly double[] _mass;
    private readonly float[][] _features;
    private readonly byte[]? _labels;
    private readonly double[]? _weights;
    private readonly short[] _sourceIndex;
    private readonly int[] _rows;

    /// <param name="massName">Name of the resonant variable.</param>
    /// <param name="mass">Resonant variable, in the unit of its column (TeV for mjj).</param>
    /// <param name="featureNames">One name a feature.</param>
    /// <param name="features">[feature][event], single precision; NaN only where missing values are kept.</param>
    /// <param name="sources">The sources that <paramref name="sourceIndex"/> points into.</param>
    /// <param name="sourceIndex">Source of each event.</param>
    /// <param name="rows">Row of each event in its source, from 0.</param>
    /// <param name="labels">0 background, 1 signal; null where unknown.</param>
    /// <param name="weights">Event weights; null stands for 1.</param>
    /// <exception cref="ArgumentException">Columns of different length.</exception>
    public EventTable(
        string massName,
        double[] mass,
        IReadOnlyList<string> featureNames,
        float[][] features,
        IReadOnlyList<EventSource> sources,
        short[] sourceIndex,
        int[] rows,
        byte[]? labels = null,
        double[]? weights = null)
    {
        if (features.Length != featureNames.Count
            || features.Any(column => column.Length != mass.Length)
            || sourceIndex.Length != mass.Length
            || rows.Length != mass.Length
            || (labels is not null && labels.Length != mass.Length)
            || (weights is not null && weights.Length != mass.Length))
        {
            throw new ArgumentException("All columns of an event table must have the same length.");
        }

        (MassName, FeatureNames, Sources) = (massName, featureNames, sources);
        (_mass, _features, _sourceIndex, _rows, _labels, _weights) = (mass, features, sourceIndex, rows, labels, weights);
    }

    public int Count => _mass.Length;

    public string MassName { get; }

    public IReadOnlyList<string> FeatureNames { get; }

    public IReadOnlyList<EventSource> Sources { get; }

    /// <summary>Resonant variable of each event, in the unit of its column (TeV for mjj).</summary>
    public ReadOnlySpan<double> Mass => _mass;

    public bool HasLabels => _labels is not null;

    /// <summary>0 background, 1 signal; empty where unknown.</summary>
    public ReadOnlySpan<byte> Labels => _labels;

    public bool HasWeights => _weights is not null;

    /// <summary>Event weights; empty where all are 1.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Index into <see cref="Sources"/> of each event.</summary>
    public ReadOnlySpan<short> SourceIndex => _sourceIndex;

    /// <summary>Row of each event in its source, from 0.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>One feature's column.</summary>
    public ReadOnlySpan<float> Feature(int index) => _features[index];

    /// <summary>A new table of the given events, in the given order.</summary>
    public EventTable Select(ReadOnlySpan<int> indices)
    {
        var chosen = indices.ToArray();
        return new EventTable(
            MassName,
            Pick(_mass, chosen),
            FeatureNames,
            [.. _features.Select(column => Pick(column, chosen))],
            Sources,
            Pick(_sourceIndex, chosen),
            Pick(_rows, chosen),
            _labels is null ? null : Pick(_labels, chosen),
            _weights is null ? null : Pick(_weights, chosen));
    }

    /// <summary>Indices of the events whose mass lies in the interval, in table order.</summary>
    public int[] IndicesIn(MassInterval interval)
    {
        var indices = new List<int>();
        for (var i = 0; i < _mass.Length; i++)
        {
            if (interval.Contains(_mass[i]))
            {
                indices.Add(i);
            }
        }

        return [.. indices];
    }

    /// <summary>
    /// This table's events followed by another's with the same columns. A label or weight column that only one of them has
    /// counts as label 0 and weight 1 in the other.
    /// </summary>
    /// <exception cref="ArgumentException">Different mass or features.</exception>
    public EventTable Concat(EventTable other)
    {
        if (other.MassName != MassName || !other.FeatureNames.SequenceEqual(FeatureNames))
        {
            throw new ArgumentException("Tables with different columns cannot be joined.", nameof(other));
        }

        EventSource[] sources = [.. Sources, .. other.Sources.Where(source => !Sources.Contains(source))];
        var newIndex = other.Sources.Select(source => (short)Array.IndexOf(sources, source)).ToArray();
        var moved = Array.ConvertAll(other._sourceIndex, index => newIndex[index]);
        return new EventTable(
            MassName,
            [.. _mass, .. other._mass],
            FeatureNames,
            [.. _features.Zip(other._features, (first, second) => (float[])[.. first, .. second])],
            sources,
            [.. _sourceIndex, .. moved],
            [.. _rows, .. other._rows],
            HasLabels || other.HasLabels ? [.. _labels ?? new byte[Count], .. other._labels ?? new byte[other.Count]] : null,
            HasWeights || other.HasWeights ? [.. _weights ?? Ones(Count), .. other._weights ?? Ones(other.Count)] : null);
    }

    /// <summary>The same events with all weights multiplied by a factor.</summary>
    public EventTable Scaled(double factor) => new(
        MassName, _mass, FeatureNames, _features, Sources, _sourceIndex, _rows, _labels, [.. (_weights ?? Ones(Count)).Select(weight => weight * factor)]);

    /// <summary>
    /// Hash of all columns and identities, lower-case hexadecimal: two tables with the same fingerprint hold the same events,
    /// whatever files, ranges, filters and injections they were made with.
    /// </summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in FeatureNames.Prepend(MassName).Concat(Sources.Select(source => source.Sha256)))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
        }

        hash.AppendData(MemoryMarshal.AsBytes<double>(_mass));
        foreach (var column in _features)
        {
            hash.AppendData(MemoryMarshal.AsBytes<float>(column));
        }

        hash.AppendData(MemoryMarshal.AsBytes<short>(_sourceIndex));
        hash.AppendData(MemoryMarshal.AsBytes<int>(_rows));
        hash.AppendData([HasLabels ? (byte)1 : (byte)0, HasWeights ? (byte)1 : (byte)0]);
        hash.AppendData(Labels);
        hash.AppendData(MemoryMarshal.AsBytes(Weights));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static T[] Pick<T>(T[] column, int[] indices)
    {
        var picked = new T[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            picked[i] = column[indices[i]];
        }

        return picked;
    }

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1.0);
        return ones;
    }
}
