namespace Sideband.Events;

/// <summary>
/// What each event was when it was read. Of events that are as they were read it is their content and takes no memory until all of it is
/// asked for; of others it is kept. Immutable.
/// </summary>
internal sealed class IdentityColumn
{
    private readonly ReadOnlyMemory<double> _mass;
    private readonly ReadOnlyMemory<float>[]? _features;
    private readonly Lazy<ReadOnlyMemory<ulong>> _values;

    /// <param name="mass">[event], as it was read.</param>
    /// <param name="features">[feature][event], as they were read.</param>
    public IdentityColumn(ReadOnlyMemory<double> mass, ReadOnlyMemory<float>[] features)
    {
        (_mass, _features) = (mass, features);
        _values = new Lazy<ReadOnlyMemory<ulong>>(() => EventIdentity.Of(mass.Span, features));
    }

    /// <param name="values">[event].</param>
    public IdentityColumn(ReadOnlyMemory<ulong> values) => _values = new Lazy<ReadOnlyMemory<ulong>>(values);

    /// <summary>[event].</summary>
    public ReadOnlySpan<ulong> Values => _values.Value.Span;

    /// <summary>Whether the events of these columns are as they were read.</summary>
    public bool IsOf(ReadOnlyMemory<double> mass, ReadOnlyMemory<float>[] features) =>
        _features is not null && _mass.Equals(mass) && _features.SequenceEqual(features);

    /// <summary>Some of the numbers, from <paramref name="first"/> on, without all of them.</summary>
    public void CopyTo(int first, Span<ulong> numbers)
    {
        if (_features is null || _values.IsValueCreated)
        {
            Values.Slice(first, numbers.Length).CopyTo(numbers);
        }
        else
        {
            EventIdentity.Of(_mass.Span.Slice(first, numbers.Length), Sliced(_features, first, numbers.Length), numbers);
        }
    }

    public IdentityColumn Slice(int first, int count) => _features is null
        ? new IdentityColumn(_values.Value.Slice(first, count))
        : new IdentityColumn(_mass.Slice(first, count), Sliced(_features, first, count));

    private static ReadOnlyMemory<float>[] Sliced(ReadOnlyMemory<float>[] features, int first, int count) =>
        Array.ConvertAll(features, column => column.Slice(first, count));
}
