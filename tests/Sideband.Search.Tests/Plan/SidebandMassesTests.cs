using Sideband.Events;
using Sideband.Search.Plan;

namespace Sideband.Search.Tests.Plan;

/// <summary>The estimate of delta_sys in the sidebands draws masses of all events.</summary>
public sealed class SidebandMassesTests
{
    [Fact]
    public void One_event_far_from_all_others_is_refused_there_and_nowhere_else()
    {
        var data = Toy.Background("far", 4000);
        double[] masses = [.. data.Mass.ToArray().Order()];
        masses[^1] = 1e10;
        var far = data.WithMass(masses);
        Should.Throw<InputDataException>(() => Make(far, "sideband")).Message.ShouldMatch(
            "^systematics: 'sideband' draws masses of all events, and m runs from 3\\.\\d* to 1E\\+10, "
            + "so far that \\d{4} of 4000 masses cannot be told from a limit; give --mass-range$");
        Make(far, "none").Units.ShouldNotBeEmpty();
        Make(data, "sideband").Units.ShouldNotBeEmpty();
    }

    private static SearchPlan Make(EventTable data, string systematics) =>
        Planner.Make(Toy.Settings(("method", "cathode"), ("systematics", systematics)), Toy.Inputs(data));
}
