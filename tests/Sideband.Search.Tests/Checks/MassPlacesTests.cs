using Sideband.Events;
using Sideband.Search.Checks;
using Sideband.Search.Results;

namespace Sideband.Search.Tests.Checks;

/// <summary>Injected signal, and files of one sample, that lie elsewhere. Windows of 60 lie from 270 to 510.</summary>
public class MassPlacesTests
{
    private static readonly EventTable Data = Tables.Make(Tables.Independent, 1, 4000);

    [Fact]
    public void It_is_said_in_which_windows_injected_events_lie()
    {
        var checks = SearchChecks.Of(Tables.Settings(), Toy.Inputs(Data) with { Injected = At(200, 340, 350, 395) });
        checks.Injected.ShouldBe("inject: of 4 events 2 in window 2, 1 in window 3");
        checks.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void An_injection_that_no_window_sees_is_a_warning()
    {
        var checks = SearchChecks.Of(Tables.Settings(), Toy.Inputs(Data) with { Injected = At(0.34, 0.35, 0.36) });
        checks.Injected.ShouldBeNull();
        checks.Warnings.ShouldBe(
            ["inject: none of the 3 events of file of 3 is in a window; their m runs from 0.34 to 0.36, windows from 270 to 510"]);
    }

    [Fact]
    public void Files_of_one_sample_in_other_units_are_a_warning()
    {
        double[] scaled = Array.ConvertAll(Tables.Make(Tables.Independent, 2, 500).Mass.ToArray(), mass => 1000 * mass);
        Words(Data.Concat(At(scaled)), "cathode").ShouldMatch(
            "^data: half of the events of table have m above [23][0-9.]*, of file of 500 above [23][0-9]{5}[0-9.]*: are the units the ");
    }

    [Fact]
    public void A_file_whose_events_are_not_used_is_a_warning_where_strips_are_what_is_learned_from()
    {
        Words(Data.Concat(At(600, 700)), "cwola")
            .ShouldBe("data: no event of file of 2 is in a window or a strip beside it; its m runs from 600 to 700");
        Words(Data.Concat(At(600, 700)), "cathode").ShouldBeEmpty();
        Words(Data.Concat(At(600, 530)), "cwola").ShouldBeEmpty();

        // What was injected has a check of its own.
        var signal = At(600, 700);
        Warning(MassPlaces.Of(Tables.Settings(), Toy.Inputs(Data.Concat(signal)) with { Injected = signal }))
            .ShouldStartWith("inject: none of the 2 events");
    }

    private static EventTable At(params double[] masses) => new EventTable(
        "m",
        masses,
        ["x", "y"],
        [new float[masses.Length], new float[masses.Length]],
        [EventSource.Simulated($"file of {masses.Length}")],
        new short[masses.Length],
        [.. Enumerable.Range(0, masses.Length)]).Canonical();

    private static string Words(EventTable data, string method) => Warning(MassPlaces.Of(Tables.Settings(method), Toy.Inputs(data)));

    private static string Warning(IEnumerable<CheckResult> results) =>
        results.SingleOrDefault(result => result.Outcome == CheckResult.Warning)?.Reason ?? "";
}
