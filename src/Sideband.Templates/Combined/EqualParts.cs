using Sideband.Events;

namespace Sideband.Templates.Combined;

/// <summary>The equal mixture of several templates.</summary>
internal static class EqualParts
{
    /// <summary>
    /// All events, each with its identity, and so its fold: what two sources made of one simulated event stands on one side of a split. The
    /// weights of every part keep their ratios and sum to the same; over all parts their mean is 1.
    /// </summary>
    /// <param name="parts">With the same columns, each with a sum of weights above 0.</param>
    public static EventTable Of(IReadOnlyList<EventTable> parts)
    {
        var each = parts.Sum(part => part.Count) / (double)parts.Count;
        return parts.Select(part => part.WithoutLabels().Scaled(each / part.WeightOfEach().Sum()))
            .Aggregate((first, second) => first.Concat(second));
    }
}
