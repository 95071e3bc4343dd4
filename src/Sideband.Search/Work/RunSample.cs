using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Plan;
using Sideband.Templates;

namespace Sideband.Search.Work;

/// <summary>What the folds of one window and run are trained on and score. Given templates are the same for all runs.</summary>
public sealed record RunSample
{
    /// <summary>Why there is no template; null where there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>The events that are searched in the region, with the features that the classifier sees.</summary>
    public required EventTable Data { get; init; }

    /// <summary>Class 0 and, where it is not the data, class 1.</summary>
    public required BackgroundTemplate Template { get; init; }

    /// <summary>Events that set the thresholds where the template is not folded; null where it is.</summary>
    public EventTable? Threshold { get; init; }

    /// <summary>All data at any mass, with the features that the classifier sees; null where only the region is scored.</summary>
    public EventTable? Everything { get; init; }

    /// <summary>Test events in the window.</summary>
    public EventTable? Test { get; init; }

    /// <summary>True where NaN in a feature of the data says that the event has no latent image; false where it is a missing value.</summary>
    public bool IsMapped { get; init; }

    /// <summary>ln p_SB of data, threshold and test events, for methods that score by a likelihood ratio.</summary>
    public (double[] Data, double[] Threshold, double[] Test)? LogBackground { get; init; }

    /// <summary>The template events that set thresholds: all of them, or a fold's.</summary>
    public EventTable ThresholdEvents => Threshold ?? Template.Events;

    /// <summary>Reads what the units of a run share.</summary>
    /// <exception cref="InputDataException">A unit's file is damaged.</exception>
    public static RunSample Load(SearchPlan plan, UnitStore store, SampleRole sample, MassWindow window, int run)
    {
        var region = RegionEvents.Of(plan, sample, window, run);
        var shared = new RunSample
        {
            Data = region,
            Template = new BackgroundTemplate(region.Select([]), null, Folded: true),
            Everything = sample == SampleRole.Data ? plan.Inputs.Data : null,
            Test = plan.TestEvents(sample, window),
        };
        if (plan.Density is null)
        {
            var prepared = plan.Settings.Method.Prepare(plan.TemplateInputs(sample), window, null);
            return shared with { Template = prepared.Sample(RandomStream.For(plan.Settings.Seed, "given"), []) };
        }

        var unit = plan.Units.First(unit => unit.Kind == UnitKind.Sample && unit.Sample == sample && unit.Window.SignalRegion == window.SignalRegion && unit.Run == run);
        var product = store.Read<SampleProduct>(unit);
        return product.Failure is { } reason ? shared with { Failure = reason } : Drawn(shared, product, window);
    }

    private static RunSample Drawn(RunSample shared, SampleProduct product, MassWindow window)
    {
        EventTable Table(DrawnColumns drawn) => DrawnEvents.Table(shared.Data, drawn.Mass, drawn.Features);

        var drawn = shared with
        {
            Template = new BackgroundTemplate(Table(product.Training), null, Folded: false),
            Threshold = Table(product.Threshold),
        };
        if (product.LogBackground.Length > 0)
        {
            return drawn with { Everything = null, LogBackground = (product.LogBackground, product.LogBackgroundThreshold, product.LogBackgroundTest) };
        }

        if (product.Mapped.Length == 0)
        {
            return drawn;
        }

        var everything = shared.Everything is { } all ? DrawnEvents.WithFeatures(all, product.Mapped) : null;
        return drawn with
        {
            IsMapped = true,
            Data = everything is not null ? everything.Select(everything.IndicesIn(window.SignalRegion)) : DrawnEvents.WithFeatures(shared.Data, product.Mapped),
            Everything = everything,
            Test = shared.Test is { } test ? DrawnEvents.WithFeatures(test, product.MappedTest) : null,
        };
    }
}
