using Sideband.Events;

namespace Sideband.Search.Units;

/// <summary>Bytes that a search holds whatever units run: the program, and the events of all roles.</summary>
public static class HeldMemory
{
    /// <summary>
    /// Runtime and compiled code (some 90 MB), and arrays that nothing holds any more, of which 32 MB may lie about before they are
    /// given back.
    /// </summary>
    private const long Program = 128L << 20;

    // Value and place of each feature, and the place of a feature vector.
    private const long SortedBytes = 8, PlaceBytes = 4;

    /// <summary>What some units share.</summary>
    public static long Of(SearchContext context, IEnumerable<WorkUnit> units)
    {
        var sources = units.Where(unit => !unit.Experiment.IsSearch).Select(unit => unit.Experiment.Source).Distinct();
        var held = Program + context.Inputs.Tables.Values.Sum(Of);
        var all = (long)context.Inputs.Data.Count;
        var sorted = PlaceBytes + (SortedBytes * context.Inputs.Data.FeatureNames.Count);
        foreach (var source in sources)
        {
            // Windows that stay sorted from one experiment to the next, or the whole data.
            var windows = Math.Min(RecentWindows.MostEvents, all * context.Settings.Windows.Windows.Count);
            held += sorted * (source.ArrangesWindows ? windows : all);
        }

        return held;
    }

    /// <summary>One table.</summary>
    public static long Of(EventTable events) => (long)events.Count
        * (sizeof(double) + (sizeof(float) * events.FeatureNames.Count) + sizeof(short) + sizeof(int)
            + (events.HasLabels ? sizeof(byte) : 0) + (events.HasWeights ? sizeof(double) : 0));
}
