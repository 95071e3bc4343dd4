using Sideband.Events;
using Sideband.Numerics;
using Sideband.Templates;

namespace Sideband.Search.Tests;

/// <summary>A table that has nothing of dijets: another mass in another unit, three features, one of them a whole number.</summary>
public sealed class OtherTableTests
{
    private static readonly string[] Features = ["momentum", "angle", "hits"];

    public static TheoryData<string> Methods() => [.. TemplateMethods.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_searches_it(string method)
    {
        var roles = TemplateMethods.ByName(method).PreparationReads.Roles;
        EventTable? Given(InputRole role, double shift) => roles.Contains(role) ? Table(role.Name, 8000, shift) : null;
        var result = Toy.Run(
            Toy.Settings([
                ("method", method), ("mass", "energy"), ("features", string.Join(',', Features)), ("windows", "130:140,140:150"),
                ("sideband", "8"), ("profile", "quick"), ("members", "2"), ("folds", "2"), ("systematics", "none"),
                ("working_points", "0.2,0.1"),
                .. TemplateMethods.ByName(method).Options.Any(option => option.Name == "density_recipe")
                    ? [("density_recipe", "quick,epochs=30,few_events=8000,width=32,blocks=2,batch=256")]
                    : Array.Empty<(string, string)>(),
                .. method == "combined" ? [("combine", "salad,feta,cathode,curtains")] : Array.Empty<(string, string)>()]),
            Toy.Inputs(
                Table("data", 8000, 0),
                ideal: Given(InputRole.IdealBackground, 0),
                signal: Given(InputRole.Signal, 2),
                simulation: Given(InputRole.Simulation, 0.2)));
        result.Mass.ShouldBe("energy");
        result.Features.ShouldBe(Features);

        // Events beyond the range of a density that learned so little are counted, and nothing else is amiss.
        result.Failures.ShouldAllBe(failure =>
            failure.Reason.EndsWith("no finite likelihood ratio; they never pass")
            || failure.Reason.EndsWith("have no image: they are left out"));
        result.Windows.Select(window => (window.Low, window.High)).ShouldBe([(130, 140), (140, 150)]);
        result.Windows.ShouldAllBe(window => window.Events > 200 && window.TemplateEvents > 200);

        // Background everywhere: some 170 of 850 events are expected to pass; 5 standard deviations for what so little training leaves.
        result.Windows.ShouldAllBe(window => Math.Abs(window.WorkingPoints[0].Significance.Mean!.Value) < 5);
    }

    // Energies that fall from 100 to 200, features that follow them.
    private static EventTable Table(string name, int count, double shift)
    {
        var stream = RandomStream.For(1, "other table", name);
        var mass = new double[count];
        float[][] features = [new float[count], new float[count], new float[count]];
        for (var i = 0; i < count; i++)
        {
            mass[i] = 100 - (60 * Math.Log(1 - (stream.NextDouble() * (1 - Math.Exp(-100.0 / 60)))));
            features[0][i] = (float)((0.02 * mass[i]) + shift + stream.NextGaussian());
            features[1][i] = (float)(stream.NextDouble() * Math.PI);
            features[2][i] = stream.NextInt(12) + stream.NextInt(3);
        }

        int[] rows = [.. Enumerable.Range(0, count)];
        return new EventTable("energy", mass, Features, features, [EventSource.Simulated(name)], new short[count], rows).Canonical();
    }
}
