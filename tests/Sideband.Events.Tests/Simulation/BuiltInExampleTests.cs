using Sideband.Events.Simulation;

namespace Sideband.Events.Tests.Simulation;

public class BuiltInExampleTests
{
    [Fact]
    public void The_resonance_is_hidden_and_the_monte_carlo_independent()
    {
        var data = DijetSimulator.Generate(BuiltInExample.Data(1));
        var monteCarlo = DijetSimulator.Generate(BuiltInExample.MonteCarlo(1));
        data.Count.ShouldBe(BuiltInExample.BackgroundEvents + BuiltInExample.SignalEvents);
        BuiltInExample.BackgroundEvents.ShouldBeGreaterThanOrEqualTo(200_000);
        monteCarlo.Labels.ToArray().ShouldAllBe(label => label == 0);
        var window = data.In(new MassInterval(3.3, 3.7));
        var signal = window.Labels.ToArray().Count(label => label == 1);
        (signal / (double)(window.Count - signal)).ShouldBeInRange(0.010, 0.015);
        data.Sources.ShouldNotContain(monteCarlo.Sources[0]);
    }
}
