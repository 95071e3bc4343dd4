namespace Sideband.Events;

/// <summary>Counts reasons in the order in which they are met first.</summary>
internal sealed class ReasonCounter
{
    private readonly Dictionary<string, long> _counts = [];
    private readonly List<string> _order = [];

    public IReadOnlyList<ReasonCount> Counts => [.. _order.Select(reason => new ReasonCount(reason, _counts[reason]))];

    public void Add(string reason)
    {
        if (!_counts.TryGetValue(reason, out var count))
        {
            _order.Add(reason);
        }

        _counts[reason] = count + 1;
    }
}
