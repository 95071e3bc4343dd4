using Sideband.Events;
using Sideband.Templates.Learned;
using Sideband.Templates.Quality;
using Sideband.Templates.Stages;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Feta;

/// <summary>
/// Simulation that was carried to data against data beside the window: for each data event the simulated event of the nearest mass, carried
/// at the data's mass, so that the two spectra are one.
/// </summary>
public sealed class FetaQualityStage() : ComparisonStage("feta", FetaTransportStage.StageName)
{
    protected override StageReads Needs { get; } = StageReads.Searched.And(InputRole.Simulation);

    protected override (EventTable Data, EventTable Template) Samples(IStageInputs inputs)
    {
        var (searched, simulation) = (inputs.Events(InputRole.Searched), inputs.Events(InputRole.Simulation));
        var data = Some(inputs, searched.Select(searched.IndicesOutside(inputs.Window.Gap)), "data");
        simulation = simulation.Select(simulation.IndicesOutside(inputs.Window.Gap));
        var nearest = simulation.Select(Nearest(simulation.Mass.ToArray(), data.Mass));
        var mass = data.Mass.ToArray();
        var transport = inputs.Product<TransportProduct>(FetaTransportStage.StageName);
        var carried = transport.Load().Map(DrawnEvents.Features(nearest), mass);
        if (transport.IsHalved)
        {
            // A data event is compared with what the half that has not learned it carries.
            var other = transport.LoadOther().Map(DrawnEvents.Features(nearest), mass);
            carried = TwoHalves.NotLearned(carried, other, TwoHalves.Of(data, TransportStage.HalvesSalt));
        }

        return (data, EventImages.Of([.. Enumerable.Range(0, mass.Length)], mass, carried).Carried(nearest));
    }

    private static int[] Nearest(double[] mass, ReadOnlySpan<double> wanted)
    {
        int[] order = [.. Enumerable.Range(0, mass.Length)];
        double[] rising = [.. mass];
        Array.Sort(rising, order);
        var nearest = new int[wanted.Length];
        for (var i = 0; i < nearest.Length; i++)
        {
            var found = Array.BinarySearch(rising, wanted[i]);
            var above = Math.Min(found < 0 ? ~found : found, rising.Length - 1);
            var below = Math.Max(above - 1, 0);
            nearest[i] = order[wanted[i] - rising[below] < rising[above] - wanted[i] ? below : above];
        }

        return nearest;
    }
}
