using Sideband.Events;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Combined;

/// <summary>Numbers of events of a combination.</summary>
internal static class CombinedSize
{
    public static TemplateSize Of(Sources sources, IEventCounts counts, MassWindow window, IOptionSource options)
    {
        TemplateSize[] sizes = [.. sources.Methods.Select(method => method.Size(counts, window, options))];
        int[] events = [.. sizes.Select(size => sources.Level == CombinationLevel.Samples ? size.Drawn ?? size.Template : size.Template)];
        return new TemplateSize(events.Sum())
        {
            Problem = sizes.FirstOrDefault(size => size.Problem is not null)?.Problem,
            Sources = [.. sources.Methods.Zip(sizes, (method, size) => (method.Stages, size))],
            Sharing = Sharing(sources.Methods.Zip(events, sizes).Select(source => (Origin(source.First, source.Third), source.Second))),
        };
    }

    /// <summary>
    /// Parts of equal weight are sums of n_s events each: variance sum_s 1/n_s where all are independent. What is made of the same events
    /// passes together, at worst always: (sum_s 1/sqrt(n_s))^2 within each origin.
    /// </summary>
    internal static double Sharing(IEnumerable<(string Origin, int Events)> parts)
    {
        (string Origin, int Events)[] known = [.. parts.Where(part => part.Events > 0)];
        var together = known.GroupBy(part => part.Origin).Sum(group => Square(group.Sum(part => 1 / Math.Sqrt(part.Events))));
        return known.Length == 0 ? 1 : together / known.Sum(part => 1.0 / part.Events);
    }

    private static string Origin(ITemplateMethod method, TemplateSize size) =>
        size.Drawn is not null ? "drawn"
        : method.PreparationReads.Roles.Contains(InputRole.Simulation) ? "simulation"
        : "searched";

    private static double Square(double value) => value * value;
}
