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
        var foldOf = folds.Of(events).AsSpan();
        var indices = new int[foldOf.Count((byte)(fold - 1))];
        for (int i = 0, place = 0; place < indices.Length; i++)
        {
            if (foldOf[i] == fold - 1)
            {
                indices[place++] = i;
            }
        }

        return indices;
    }
}
