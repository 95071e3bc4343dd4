using Sideband.Events;

namespace Sideband.Search.Units;

/// <summary>The events of a fold.</summary>
public static class FoldEvents
{
    /// <summary>Their indices, in table order.</summary>
    /// <param name="folds">Every event's fold.</param>
    /// <param name="events">The table.</param>
    /// <param name="fold">From 1.</param>
    public static int[] Of(FoldAssignment folds, EventTable events, int fold)
    {
        var foldOf = folds.Of(events);
        var indices = new List<int>((foldOf.Length / folds.Folds) + 1);
        for (var i = 0; i < foldOf.Length; i++)
        {
            if (foldOf[i] == fold - 1)
            {
                indices.Add(i);
            }
        }

        return [.. indices];
    }
}
