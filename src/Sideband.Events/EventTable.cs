using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Sideband.Numerics;

namespace Sideband.Events;

/// <summary>
/// Events as columns: the resonant variable, the features, and where known label and weight. Immutable; every column has
/// <see cref="Count"/> entries.
/// </summary>
public sealed partial class EventTable
{
    private readonly double[] _mass;
    private readonly float[][] _features;
    private readonly byte[]? _labels;
    private readonly double[]? _weights;
    private readonly short[] _sourceIndex;
    private readonly int[] _rows;
    private readonly Lazy<ulong[]> _identity;

    /// <param name="massName">Name of the resonant variable.</param>
    /// <param name="mass">Resonant variable, in the unit of its column (TeV for mjj).</param>
    /// <param name="featureNames">One name a feature.</param>
    /// <param name="features">[feature][event], single precision; NaN only where missing values are kept.</param>
    /// <param name="sources">The sources that <paramref name="sourceIndex"/> points into.</param>
    /// <param name="sourceIndex">Source of each event.</param>
    /// <param name="rows">Row of each event in its source, from 0.</param>
    /// <param name="labels">0 background, 1 signal; null where unknown.</param>
    /// <param name="weights">Event weights; null stands for 1.</param>
    /// <param name="identity">What each event was when it was read; null: what it is (<see cref="EventIdentity"/>).</param>
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
        double[]? weights = null,
        ulong[]? identity = null)
    {
        if (features.Length != featureNames.Count
            || features.Any(column => column.Length != mass.Length)
            || sourceIndex.Length != mass.Length
            || rows.Length != mass.Length
            || (labels is not null && labels.Length != mass.Length)
            || (weights is not null && weights.Length != mass.Length)
            || (identity is not null && identity.Length != mass.Length))
        {
            throw new ArgumentException("All columns of an event table must have the same length.");
        }

        (MassName, FeatureNames, Sources) = (massName, featureNames, sources);
        (_mass, _features, _sourceIndex, _rows, _labels, _weights) = (mass, features, sourceIndex, rows, labels, weights);
        _identity = identity is null ? new Lazy<ulong[]>(() => EventIdentity.Of(mass, features)) : new Lazy<ulong[]>(identity);
        IsSortedByMass = Rises<double>(mass);
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

    /// <summary>
    /// What each event was when it was read, its mass and features: events that are copies have one identity, and it stays with an event
    /// that is resampled, mapped or given other features.
    /// </summary>
    public ReadOnlySpan<ulong> Identity => _identity.Value;

    /// <summary>True where the masses rise, so that an interval is a slice.</summary>
    public bool IsSortedByMass { get; }

    /// <summary>True for what <see cref="Canonical"/> gave, and for some of its events in the same order.</summary>
    private bool IsCanonical { get; init; }

    /// <summary>One feature's column.</summary>
    public ReadOnlySpan<float> Feature(int index) => _features[index];

    /// <summary>A new table of the given events, in the given order.</summary>
    public EventTable Select(ReadOnlySpan<int> indices)
    {
        var chosen = indices.ToArray();
        return Select(chosen, IsCanonical && Rises(indices), (FeatureOrigin, FeatureOrigin is null ? [] : Pick(Origin.Rows, chosen)));
    }

    /// <summary>
    /// The same events in the order mass, features, label, weight, whatever order and files they come from; -0 is +0, and missing values
    /// come last.
    /// </summary>
    public EventTable Canonical()
    {
        if (IsCanonical)
        {
            return this;
        }

        // The columns are new, and nobody has seen them yet. A zero that changes its sign is no longer that of another table.
        var sorted = Select(CanonicalOrder.Of(_mass, _features, _labels, _weights), true, (null, []));
        CanonicalOrder.OneZero(sorted._mass);
        Array.ForEach(sorted._features, CanonicalOrder.OneZero);
        return sorted;
    }

    /// <summary>Indices of the events whose mass lies in the interval, in table order.</summary>
    public int[] IndicesIn(MassInterval interval)
    {
        if (IsSortedByMass)
        {
            var first = Below(interval.Low);
            return [.. Enumerable.Range(first, Math.Max(0, Below(interval.High) - first))];
        }

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

    /// <summary>Indices of the events whose mass lies outside of the interval, in table order.</summary>
    public int[] IndicesOutside(MassInterval interval)
    {
        var indices = new List<int>(Count);
        for (var i = 0; i < _mass.Length; i++)
        {
            if (!interval.Contains(_mass[i]))
            {
                indices.Add(i);
            }
        }

        return [.. indices];
    }

    /// <summary>The number of events whose mass lies in the interval.</summary>
    public int CountIn(MassInterval interval) =>
        IsSortedByMass ? Math.Max(0, Below(interval.High) - Below(interval.Low)) : IndicesIn(interval).Length;

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
            HasWeights || other.HasWeights ? [.. _weights ?? Ones(Count), .. other._weights ?? Ones(other.Count)] : null,
            [.. _identity.Value, .. other._identity.Value])
        {
            Origin = FeatureOrigin is { } origin && ReferenceEquals(origin, other.FeatureOrigin)
                ? (origin, [.. Origin.Rows, .. other.Origin.Rows])
                : (null, []),
        };
    }

    /// <summary>The same events with all weights multiplied by a factor.</summary>
    public EventTable Scaled(double factor) =>
        With(_features, _labels, [.. (_weights ?? Ones(Count)).Select(weight => weight * factor)]);

    /// <summary>The same events, with their identity, at other masses.</summary>
    /// <param name="mass">One an event, in any order.</param>
    public EventTable WithMass(double[] mass) =>
        new(MassName, mass, FeatureNames, _features, Sources, _sourceIndex, _rows, _labels, _weights, _identity.Value) { Origin = Origin };

    /// <summary>The same events with other weights.</summary>
    /// <param name="weights">One an event, finite.</param>
    public EventTable WithWeights(double[] weights) => With(_features, _labels, weights);

    /// <summary>The same events without labels: they are unknown.</summary>
    public EventTable WithoutLabels() => With(_features, null, _weights);

    /// <summary>The same events, with their identity, and other features in place of their own.</summary>
    /// <param name="features">[feature][event].</param>
    public EventTable WithFeatures(float[][] features) => With(features, _labels, _weights);

    /// <summary>The same masses and weights with features, labels and identity of other events.</summary>
    /// <param name="other">A table with the same features.</param>
    /// <param name="indices">The event of <paramref name="other"/> that takes each place.</param>
    public EventTable WithContentOf(EventTable other, ReadOnlySpan<int> indices)
    {
        var content = other.Select(indices);
        return new EventTable(
            MassName,
            _mass,
            FeatureNames,
            content._features,
            content.Sources,
            content._sourceIndex,
            content._rows,
            content._labels,
            _weights,
            content._identity.Value)
        {
            Origin = content.Origin,
        };
    }

    /// <summary>
    /// Hash of mass, features, labels and weights, lower-case hexadecimal: two tables in canonical order with the same fingerprint hold the
    /// same events, whatever files, ranges, filters and injections they were made with.
    /// </summary>
    public string Fingerprint()
    {
        var hash = new PortableSha256();
        foreach (var name in FeatureNames.Prepend(MassName))
        {
            hash.Append(Encoding.UTF8.GetBytes(name + "\n"));
        }

        hash.Append(MemoryMarshal.AsBytes<double>(_mass));
        foreach (var column in _features)
        {
            hash.Append(MemoryMarshal.AsBytes<float>(column));
        }

        hash.Append([HasLabels ? (byte)1 : (byte)0, HasWeights ? (byte)1 : (byte)0]);
        hash.Append(Labels);
        hash.Append(MemoryMarshal.AsBytes(Weights));
        var bytes = new byte[PortableSha256.HashSizeInBytes];
        hash.Finish(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private EventTable With(float[][] features, byte[]? labels, double[]? weights) =>
        new(MassName, _mass, FeatureNames, features, Sources, _sourceIndex, _rows, labels, weights, _identity.Value)
        {
            Origin = ReferenceEquals(features, _features) ? Origin : (null, []),
        };

    private EventTable Select(int[] chosen, bool isCanonical, (EventTable?, int[]) origin) =>
        new(
            MassName,
            Pick(_mass, chosen),
            FeatureNames,
            [.. _features.Select(column => Pick(column, chosen))],
            Sources,
            Pick(_sourceIndex, chosen),
            Pick(_rows, chosen),
            _labels is null ? null : Pick(_labels, chosen),
            _weights is null ? null : Pick(_weights, chosen),
            Pick(_identity.Value, chosen))
        {
            IsCanonical = isCanonical,
            Origin = origin,
        };

    // The number of masses below a limit, by bisection.
    private int Below(double limit)
    {
        var (low, high) = (0, _mass.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _mass[middle] < limit ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static bool Rises<T>(ReadOnlySpan<T> values)
        where T : IComparisonOperators<T, T, bool>
    {
        for (var i = 1; i < values.Length; i++)
        {
            if (!(values[i] >= values[i - 1]))
            {
                return false;
            }
        }

        return true;
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
