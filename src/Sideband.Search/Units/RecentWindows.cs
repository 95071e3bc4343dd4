using Sideband.Templates;

namespace Sideband.Search.Units;

/// <summary>
/// Windows of the search that experiments arrange anew, as the method prepared them: the last ones that were used, as many as a number of
/// events allows. What is not there is prepared again, with the same bits.
/// </summary>
internal sealed class RecentWindows
{
    /// <summary>
    /// Some 300 MB with their sorted columns at four features; nine windows of CWoLa hunting on a million events are half of it.
    /// </summary>
    public const long MostEvents = 4_000_000;

    private readonly Lock _gate = new();
    private readonly List<(UnitPlace Place, Lazy<(PreparedSample Sample, IReadOnlyCollection<object> Read)> Window)> _recent = [];

    /// <param name="place">Of the search.</param>
    /// <param name="prepare">Prepares the window, and says what was read for it.</param>
    public (PreparedSample Sample, IReadOnlyCollection<object> Read) Of(
        UnitPlace place, Func<(PreparedSample Sample, IReadOnlyCollection<object> Read)> prepare)
    {
        Lazy<(PreparedSample Sample, IReadOnlyCollection<object> Read)> window;
        lock (_gate)
        {
            var found = _recent.FindIndex(entry => entry.Place == place);
            var entry = found >= 0 ? _recent[found] : (place, new(prepare));
            if (found >= 0)
            {
                _recent.RemoveAt(found);
            }

            _recent.Add(entry);
            window = entry.Item2;
        }

        var prepared = window.Value;
        lock (_gate)
        {
            while (_recent.Count > 1 && _recent.Sum(entry => Events(entry.Window)) > MostEvents)
            {
                _recent.RemoveAt(0);
            }
        }

        return prepared;
    }

    private static long Events(Lazy<(PreparedSample Sample, IReadOnlyCollection<object> Read)> window)
    {
        if (!window.IsValueCreated)
        {
            return 0;
        }

        var sample = window.Value.Sample;
        return (long)sample.Region.Events.Count + sample.Template.Events.Count + (sample.Template.Threshold?.Count ?? 0);
    }
}
