namespace Sideband.Events;

/// <summary>The columns of an event table, each a whole array or a part of one. Immutable.</summary>
/// <param name="Mass">[event].</param>
/// <param name="Features">[feature][event].</param>
/// <param name="SourceIndex">[event].</param>
/// <param name="Rows">[event].</param>
/// <param name="Labels">[event]; null where unknown.</param>
/// <param name="Weights">[event]; null stands for 1.</param>
/// <param name="Identity">[event]; what each event was when it was read.</param>
internal sealed record TableColumns(
    ReadOnlyMemory<double> Mass,
    ReadOnlyMemory<float>[] Features,
    ReadOnlyMemory<short> SourceIndex,
    ReadOnlyMemory<int> Rows,
    ReadOnlyMemory<byte>? Labels,
    ReadOnlyMemory<double>? Weights,
    IdentityColumn Identity)
{
    /// <summary>Where the feature vectors were taken from, and [event] their places there; null where nobody knows.</summary>
    public FeatureRows? Origin { get; init; }

    public int Count => Mass.Length;

    /// <exception cref="ArgumentException">Columns of different length.</exception>
    public static TableColumns Of(
        double[] mass, float[][] features, short[] sourceIndex, int[] rows, byte[]? labels, double[]? weights, ulong[]? identity)
    {
        if (features.Any(column => column.Length != mass.Length)
            || sourceIndex.Length != mass.Length
            || rows.Length != mass.Length
            || (labels is not null && labels.Length != mass.Length)
            || (weights is not null && weights.Length != mass.Length)
            || (identity is not null && identity.Length != mass.Length))
        {
            throw new ArgumentException("All columns of an event table must have the same length.");
        }

        return new TableColumns(
            mass,
            Memories(features),
            sourceIndex,
            rows,
            Optional(labels),
            Optional(weights),
            identity is null ? new IdentityColumn(mass, Memories(features)) : new IdentityColumn(identity));
    }

    /// <summary>Copies of the given events, in the given order.</summary>
    public TableColumns Pick(int[] chosen) => Pick(chosen, oneZero: false) with
    {
        Origin = Origin is { } origin ? origin with { Rows = Pick(origin.Rows.Span, chosen) } : null,
    };

    /// <summary>Copies of all events in canonical order, with one zero and one NaN, which are no longer another table's.</summary>
    public TableColumns Canonical() => Pick(CanonicalOrder.Of(Mass.Span, Features, Labels, Weights), oneZero: true);

    /// <summary>Events that follow each other; nothing is copied.</summary>
    public TableColumns Slice(int first, int count) => new(
        Mass.Slice(first, count),
        Array.ConvertAll(Features, column => column.Slice(first, count)),
        SourceIndex.Slice(first, count),
        Rows.Slice(first, count),
        Labels?.Slice(first, count),
        Weights?.Slice(first, count),
        Identity.Slice(first, count))
    {
        Origin = Origin is { } origin ? origin with { Rows = origin.Rows.Slice(first, count) } : null,
    };

    /// <summary>These events and others behind them; a label or weight that only one of them has is 0 and 1 in the other.</summary>
    /// <param name="other">As many features.</param>
    /// <param name="sourceIndex">Source of each of the others among the sources of both.</param>
    public TableColumns Concat(TableColumns other, short[] sourceIndex) => Of(
        [.. Mass.Span, .. other.Mass.Span],
        [.. Features.Zip(other.Features, (first, second) => (float[])[.. first.Span, .. second.Span])],
        [.. SourceIndex.Span, .. sourceIndex],
        [.. Rows.Span, .. other.Rows.Span],
        (Labels ?? other.Labels) is null ? null : [.. LabelsOrZeros().Span, .. other.LabelsOrZeros().Span],
        (Weights ?? other.Weights) is null ? null : [.. WeightsOrOnes().Span, .. other.WeightsOrOnes().Span],
        IsAsRead && other.IsAsRead ? null : [.. Identity.Values, .. other.Identity.Values]) with
    {
        Origin = Origin is { } origin && ReferenceEquals(origin.Table, other.Origin?.Table)
            ? origin with { Rows = (int[])[.. origin.Rows.Span, .. other.Origin!.Rows.Span] }
            : null,
    };

    /// <summary>These events, which stand in canonical order, equal ones with an identity each; null where no two are equal.</summary>
    public TableColumns? EqualEventsApart()
    {
        ulong[]? identity = null;
        var content = new ulong[2];
        for (int i = 1, ordinal = 0; i < Count; i++)
        {
            ordinal = IsAsTheOneBefore(i) ? ordinal + 1 : 0;
            if (ordinal > 0)
            {
                identity ??= Identity.Values.ToArray();
                identity[i] = EventIdentity.OfEqual(content[0], ordinal);
            }
        }

        return identity is null ? null : this with { Identity = new IdentityColumn(identity) };

        bool IsAsTheOneBefore(int place)
        {
            if (Mass.Span[place] != Mass.Span[place - 1])
            {
                return false;
            }

            Identity.CopyTo(place - 1, content);
            return content[0] == content[1];
        }
    }

    public ReadOnlyMemory<double> WeightsOrOnes()
    {
        if (Weights is { } weights)
        {
            return weights;
        }

        var ones = new double[Count];
        Array.Fill(ones, 1.0);
        return ones;
    }

    private bool IsAsRead => Identity.IsOf(Mass, Features);

    private TableColumns Pick(int[] chosen, bool oneZero)
    {
        var mass = Pick(Mass.Span, chosen);
        var features = Array.ConvertAll(Features, column => Pick(column.Span, chosen));
        if (oneZero)
        {
            CanonicalOrder.OneZero<double>(mass);
            Array.ForEach(features, column => CanonicalOrder.OneZero<float>(column));
        }

        var columns = Memories(features);
        return new TableColumns(
            mass,
            columns,
            Pick(SourceIndex.Span, chosen),
            Pick(Rows.Span, chosen),
            Labels is { } labels ? Optional(Pick(labels.Span, chosen)) : null,
            Weights is { } weights ? Optional(Pick(weights.Span, chosen)) : null,
            IsAsRead ? new IdentityColumn(mass, columns) : new IdentityColumn(Pick(Identity.Values, chosen)));
    }

    private static ReadOnlyMemory<float>[] Memories(float[][] features) =>
        Array.ConvertAll(features, column => (ReadOnlyMemory<float>)column);

    // A null that is converted as an array becomes an empty column.
    private static ReadOnlyMemory<T>? Optional<T>(T[]? column) =>
        column is null ? default(ReadOnlyMemory<T>?) : new ReadOnlyMemory<T>(column);

    private ReadOnlyMemory<byte> LabelsOrZeros() => Labels ?? new byte[Count];

    private static T[] Pick<T>(ReadOnlySpan<T> values, int[] chosen)
    {
        var picked = new T[chosen.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            picked[i] = values[chosen[i]];
        }

        return picked;
    }
}
