using Sideband.Events;
using Sideband.Templates.Scoring;

namespace Sideband.Templates.Combined;

/// <summary>Events as each source's scorer sees them.</summary>
internal sealed class CombinedView(IReadOnlyList<IEventView> views) : IEventView
{
    public ScoredView Of(EventTable events)
    {
        var own = new ScoredView(events);
        return own with
        {
            Parts = [.. views.Select(view => new Lazy<ScoredView>(() => view == IEventView.Identity ? own : view.Of(events)))],
        };
    }
}
