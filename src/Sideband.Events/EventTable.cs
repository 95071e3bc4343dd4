using System.Numerics;

namespace Sideband.Events;

/// <summary>
/// Events as columns: the resonant variable, the features, and where known label and weight. Immutable; every column has
/// <see cref="Count"/> entries.
/// </summary>
public sealed class EventTable
{
    private readonly TableColumns _columns;

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
        : this(massName, featureNames, sources, TableColumns.Of(mass, features, sourceIndex, rows, labels, weights, identity))
    {
    }

    private EventTable(string massName, IReadOnlyList<string> featureNames, IReadOnlyList<EventSource> sources, TableColumns columns)
    {
        if (columns.Features.Length != featureNames.Count)
        {
            throw new ArgumentException("An event table needs one name a feature.", nameof(featureNames));
        }

        (MassName, FeatureNames, Sources, _columns) = (massName, featureNames, sources, columns);
        IsSortedByMass = Rises(columns.Mass.Span);
    }

    public int Count => _columns.Count;

    public string MassName { get; }

    public IReadOnlyList<string> FeatureNames { get; }

    public IReadOnlyList<EventSource> Sources { get; }

    /// <summary>Resonant variable of each event, in the unit of its column (TeV for mjj).</summary>
    public ReadOnlySpan<double> Mass => _columns.Mass.Span;

    public bool HasLabels => _columns.Labels is not null;

    /// <summary>0 background, 1 signal; empty where unknown.</summary>
    public ReadOnlySpan<byte> Labels => _columns.Labels is { } labels ? labels.Span : default;

    public bool HasWeights => _columns.Weights is not null;

    /// <summary>Event weights; empty where all are 1.</summary>
    public ReadOnlySpan<double> Weights => _columns.Weights is { } weights ? weights.Span : default;

    /// <summary>The weight of each event, 1 where there are none.</summary>
    public double[] WeightOfEach() => _columns.WeightsOrOnes().ToArray();

    /// <summary>Index into <see cref="Sources"/> of each event.</summary>
    public ReadOnlySpan<short> SourceIndex => _columns.SourceIndex.Span;

    /// <summary>Row of each event in its source, from 0.</summary>
    public ReadOnlySpan<int> Rows => _columns.Rows.Span;

    /// <summary>
    /// What each event was when it was read, its mass and features: events that are copies have one identity, and it stays with an event
    /// that is resampled, mapped or given other features.
    /// </summary>
    public ReadOnlySpan<ulong> Identity => _columns.Identity.Values;

    /// <summary>Some of the numbers of <see cref="Identity"/> without the memory of all of them.</summary>
    /// <param name="first">The first event.</param>
    /// <param name="identity">Written, one number an event.</param>
    public void CopyIdentity(int first, Span<ulong> identity) => _columns.Identity.CopyTo(first, identity);

    /// <summary>True where the masses rise, so that an interval is a slice.</summary>
    public bool IsSortedByMass { get; }

    /// <summary>True for what <see cref="Canonical"/> gave, and for some of its events in the same order.</summary>
    private bool IsCanonical { get; init; }

    /// <summary>One feature's column.</summary>
    public ReadOnlySpan<float> Feature(int index) => _columns.Features[index].Span;

    /// <summary>All features' columns, [feature][event], where they stand in memory.</summary>
    public IReadOnlyList<ReadOnlyMemory<float>> Features => _columns.Features;

    /// <summary>A new table of the given events, in the given order.</summary>
    public EventTable Select(ReadOnlySpan<int> indices) => With(_columns.Pick(indices.ToArray()), IsCanonical && Rises(indices));

    /// <summary>
    /// The same events in the order mass, features, label, weight, whatever order and files they come from; -0 is +0, and missing values
    /// come last.
    /// </summary>
    public EventTable Canonical() => IsCanonical ? this : With(_columns.Canonical(), isCanonical: true);

    /// <summary>
    /// The events whose mass lies in the interval, in table order; where masses rise they are a part of this table and nothing is copied.
    /// </summary>
    public EventTable In(MassInterval interval)
    {
        if (!IsSortedByMass)
        {
            return Select(IndicesIn(interval));
        }

        var first = Below(interval.Low);
        return With(_columns.Slice(first, Math.Max(0, Below(interval.High) - first)), IsCanonical);
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
        var mass = Mass;
        for (var i = 0; i < mass.Length; i++)
        {
            if (interval.Contains(mass[i]))
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
        var mass = Mass;
        for (var i = 0; i < mass.Length; i++)
        {
            if (!interval.Contains(mass[i]))
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
        var moved = Array.ConvertAll(other._columns.SourceIndex.ToArray(), index => newIndex[index]);
        return new EventTable(MassName, FeatureNames, sources, _columns.Concat(other._columns, moved));
    }

    /// <summary>The same events with all weights multiplied by a factor.</summary>
    public EventTable Scaled(double factor) =>
        WithWeights(_columns.Weights is { } weights ? Array.ConvertAll(weights.ToArray(), weight => weight * factor) : Filled(factor));

    /// <summary>The same events, with their identity, at other masses.</summary>
    /// <param name="mass">One an event, in any order.</param>
    public EventTable WithMass(double[] mass) => With(_columns with { Mass = OneEach(mass) });

    /// <summary>The same events with other weights.</summary>
    /// <param name="weights">One an event, finite; not copied.</param>
    public EventTable WithWeights(double[] weights) => WithWeights(new ReadOnlyMemory<double>(weights));

    /// <inheritdoc cref="WithWeights(double[])"/>
    public EventTable WithWeights(ReadOnlyMemory<double> weights) => weights.Length == Count
        ? With(_columns with { Weights = weights })
        : throw new ArgumentException($"{weights.Length} values were given for {Count} events.", nameof(weights));

    /// <summary>
    /// The same events, equal ones with an identity each: for tables whose columns are so coarse that equal events are no copies of one.
    /// Folds that took all of them or none would have too many of them, or too few, in place of what chance gives. The table itself where
    /// no two events are equal.
    /// </summary>
    /// <exception cref="InvalidOperationException">Not in canonical order, in which equal events stand together.</exception>
    public EventTable WithEqualEventsApart()
    {
        if (!IsCanonical)
        {
            throw new InvalidOperationException("Equal events stand together in canonical order alone.");
        }

        return _columns.EqualEventsApart() is { } apart ? With(apart, isCanonical: true) : this;
    }

    /// <summary>The same events without labels: they are unknown.</summary>
    public EventTable WithoutLabels() => With(_columns with { Labels = null });

    /// <summary>The same events, with this label where labels are unknown.</summary>
    /// <param name="label">0 for background, 1 for signal.</param>
    public EventTable Labelled(byte label) =>
        HasLabels ? this : With(_columns with { Labels = Filled(label) });

    /// <summary>The same events, with their identity, and other features in place of their own.</summary>
    /// <param name="features">[feature][event].</param>
    public EventTable WithFeatures(float[][] features) =>
        With(_columns with { Features = Array.ConvertAll(features, OneEach), Origin = null });

    /// <summary>The same masses and weights with features, labels and identity of other events.</summary>
    /// <param name="other">A table with the same features.</param>
    /// <param name="indices">The event of <paramref name="other"/> that takes each place.</param>
    public EventTable WithContentOf(EventTable other, ReadOnlySpan<int> indices) =>
        new(
            MassName,
            FeatureNames,
            other.Sources,
            other._columns.Pick(OneEach(indices.ToArray()).ToArray()) with { Mass = _columns.Mass, Weights = _columns.Weights });

    /// <summary>
    /// Hash of mass, features, labels and weights, lower-case hexadecimal: two tables in canonical order with the same fingerprint hold the
    /// same events, whatever files, ranges, filters and injections they were made with.
    /// </summary>
    public string Fingerprint() => TableFingerprint.Of(this);

    /// <summary>
    /// The table that feature vectors were taken from, as they stand there, and the place of each (<see cref="FeatureRows"/>); null where
    /// nobody asked for it (<see cref="WithFeatureRows"/>), or where the vectors come from several tables or were changed. What was made of
    /// that table's features once, such as their order, holds for all tables of them.
    /// </summary>
    public EventTable? FeatureOrigin => _columns.Origin?.Table;

    /// <summary>Place of each event's feature vector in <see cref="FeatureOrigin"/>; empty where there is none.</summary>
    public ReadOnlySpan<int> FeatureRows => _columns.Origin is { } origin ? origin.Rows.Span : default;

    /// <summary>The same events; what is made of them knows the place of each feature vector in this table.</summary>
    public EventTable WithFeatureRows() =>
        With(_columns with { Origin = new Events.FeatureRows(this, Enumerable.Range(0, Count).ToArray()) }, IsCanonical);

    private EventTable With(TableColumns columns, bool isCanonical = false) =>
        new(MassName, FeatureNames, Sources, columns) { IsCanonical = isCanonical };

    private T[] Filled<T>(T value)
    {
        var column = new T[Count];
        Array.Fill(column, value);
        return column;
    }

    private ReadOnlyMemory<T> OneEach<T>(T[] column) => column.Length == Count
        ? column
        : throw new ArgumentException($"{column.Length} values were given for {Count} events.", nameof(column));

    // The number of masses below a limit, by bisection.
    private int Below(double limit)
    {
        var mass = Mass;
        var (low, high) = (0, mass.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = mass[middle] < limit ? (middle + 1, high) : (low, middle);
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
}
