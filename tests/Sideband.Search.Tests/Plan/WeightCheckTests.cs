using System.Text.RegularExpressions;
using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Tests.Checks;

namespace Sideband.Search.Tests.Plan;

/// <summary>Weights that leave nothing of a window, refused before anything is trained. Windows are [270, 330) and three more.</summary>
public class WeightCheckTests
{
    private static readonly EventTable Data = Tables.Make(Tables.Independent, 1, 8000);

    [Theory]
    [InlineData(270, 330, 0, "[270, 330), window 1, have the sum 0")]
    [InlineData(0, 1e9, -1, "[270, 330), window 1, have the sum -")]
    [InlineData(240, 270, 0, "[240, 270), the lower strip of window 1, have the sum 0")]
    [InlineData(510, 540, -1, "[510, 540), the upper strip of window 4, have the sum -")]
    public void Of_the_Monte_Carlo(double low, double high, double weight, string what) =>
        Refused("cwola", Weighted(low, high, weight)).ShouldMatch(
            $"^weight: the weights 'w' of the [0-9]+ events of mc \\(file\\) with m in {Regex.Escape(what)}");

    [Fact]
    public void Of_an_ideal_background_in_the_windows_alone()
    {
        Refused("ideal", Weighted(390, 450, 0)).ShouldContain("events of ideal_background (file) with m in [390, 450), window 3, ");
        Refused("ideal", Weighted(510, 540, 0)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 270, "below 270, below window 1, have the sum 0")]
    [InlineData(510, 1e9, "from 510 on, above window 4, have the sum 0")]
    public void Of_simulation_beside_a_window(double low, double high, string what)
    {
        Refused("salad", Weighted(low, high, 0)).ShouldMatch(
            $"^weight: the weights 'w' of the [0-9]+ events of simulation \\(file\\) with m {what} ");
        Refused("salad", Weighted(low, high, 0.5)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ideal", "has 0 template events, too few for 3 folds; at least 300 are needed; m of ideal_background")]
    [InlineData("salad", "has no simulation below it; give other windows, another mass_range or another simulation; m of simulation")]
    public void Masses_in_another_unit_name_the_sample_and_its_range(string method, string what)
    {
        var other = Tables.From("file", Tables.Make(Tables.Independent, 2, 8000));
        other = other.WithMass(Array.ConvertAll(other.Mass.ToArray(), mass => 1000 * mass));
        Refused(method, other).ShouldMatch(
            $"^windows: window 1 \\[270, 330\\) of data {Regex.Escape(what)} \\(file\\) runs from 200[0-9.]+ to [0-9.E+]+$");
    }

    [Fact]
    public void Some_weights_may_be_negative_or_zero() => Refused("cwola", Weighted(290, 300, -1)).ShouldBeEmpty();

    private static EventTable Weighted(double low, double high, double weight)
    {
        var events = Tables.From("file", Tables.Make(Tables.Independent, 2, 8000));
        return events.WithWeights(Array.ConvertAll(events.Mass.ToArray(), mass => mass >= low && mass < high ? weight : 1));
    }

    private static string Refused(string method, EventTable background)
    {
        var role = method switch { "cwola" => "mc", "salad" => "simulation", _ => "ideal_background" };
        var settings = Tables.Settings(method, ("weight", "w"), ("systematics", method == "cwola" ? "mc" : "none"), (role, "file"));
        try
        {
            Planner.Make(settings, role switch
            {
                "mc" => Toy.Inputs(Data, background),
                "simulation" => Toy.Inputs(Data, simulation: background),
                _ => Toy.Inputs(Data, ideal: background),
            });
            return "";
        }
        catch (InputDataException error)
        {
            return error.Message;
        }
    }
}
