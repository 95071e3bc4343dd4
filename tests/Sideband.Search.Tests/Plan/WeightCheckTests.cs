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

    [Fact]
    public void Some_weights_may_be_negative_or_zero() => Refused("cwola", Weighted(290, 300, -1)).ShouldBeEmpty();

    private static EventTable Weighted(double low, double high, double weight)
    {
        var events = Tables.From("file", Tables.Make(Tables.Independent, 2, 8000));
        return events.WithWeights(Array.ConvertAll(events.Mass.ToArray(), mass => mass >= low && mass < high ? weight : 1));
    }

    private static string Refused(string method, EventTable background)
    {
        var settings = Tables.Settings(
            method, ("weight", "w"), ("systematics", method == "cwola" ? "mc" : "none"),
            method == "cwola" ? ("mc", "file") : ("ideal_background", "file"));
        try
        {
            Planner.Make(settings, method == "cwola" ? Toy.Inputs(Data, background) : Toy.Inputs(Data, ideal: background));
            return "";
        }
        catch (InputDataException error)
        {
            return error.Message;
        }
    }
}
