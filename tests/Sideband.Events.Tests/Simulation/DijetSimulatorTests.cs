using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sideband.Events.Simulation;

namespace Sideband.Events.Tests.Simulation;

public class DijetSimulatorTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bits_for_ever()
    {
        var events = DijetSimulator.Generate(new SimulationRequest { Events = 11_000, Signal = 500, Seed = 5 });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(events.Mass));
        for (var j = 0; j < events.FeatureNames.Count; j++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(events.Feature(j)));
        }

        Convert.ToHexStringLower(hash.GetHashAndReset())[..16].ShouldBe("5637d9662b666368");
    }

    [Fact]
    public void The_first_events_do_not_depend_on_how_many_there_are_nor_on_signal_and_features()
    {
        var few = DijetSimulator.Generate(new SimulationRequest { Events = 10_500, Seed = 5, Features = ["delta_r", "mj1"] });
        var many = DijetSimulator.Generate(new SimulationRequest { Events = 20_001, Signal = 7, Seed = 5 });
        few.Mass.SequenceEqual(many.Mass[..few.Count]).ShouldBeTrue();
        few.Feature(0).SequenceEqual(many.Feature(4)[..few.Count]).ShouldBeTrue();
        few.Feature(1).SequenceEqual(many.Feature(0)[..few.Count]).ShouldBeTrue();
        few.Sources[few.SourceIndex[3]].ShouldBe(many.Sources[many.SourceIndex[3]]);
    }

    [Fact]
    public void Seeds_backgrounds_and_kinds_are_independent()
    {
        double First(ulong seed, DijetBackground background) =>
            DijetSimulator.Generate(new SimulationRequest { Events = 1, Seed = seed, Background = background }).Mass[0];
        new[] { First(1, DijetBackground.Default), First(2, DijetBackground.Default), First(1, DijetBackground.Alternative) }
            .ShouldBeUnique();
    }

    [Fact]
    public void Background_comes_first_then_signal_each_numbered_in_its_own_source()
    {
        var events = DijetSimulator.Generate(new SimulationRequest { Events = 3, Signal = 2 });
        events.MassName.ShouldBe("mjj");
        events.FeatureNames.ShouldBe(["mj1", "delta_mj", "tau21_j1", "tau21_j2", "delta_r"]);
        events.Labels.ToArray().ShouldBe([0, 0, 0, 1, 1]);
        events.Rows.ToArray().ShouldBe([0, 1, 2, 0, 1]);
        events.SourceIndex.ToArray().ShouldBe([0, 0, 0, 1, 1]);
        events.Sources[0].Key.ShouldNotBe(events.Sources[1].Key);
    }

    [Theory]
    [InlineData(DijetBackground.Default)]
    [InlineData(DijetBackground.Alternative)]
    public void All_values_lie_in_their_ranges(DijetBackground background)
    {
        var events = DijetSimulator.Generate(new SimulationRequest { Events = 50_000, Signal = 50_000, Background = background, Seed = 3 });
        for (var i = 0; i < events.Count; i++)
        {
            events.Mass[i].ShouldBeInRange(0.5, 26); // twice the energy of the collider leaves room for the spectrum's smooth tail
            for (var j = 0; j < events.FeatureNames.Count; j++)
            {
                float value = events.Feature(j)[i];
                (value > 0 && (j is 2 or 3 ? value < 1 : value < 10)).ShouldBeTrue($"{events.FeatureNames[j]} {value}");
            }
        }
    }

    [Fact]
    public void The_signal_is_a_peak_at_three_and_a_half_TeV()
    {
        var signal = DijetSimulator.Generate(new SimulationRequest { Events = 0, Signal = 20_000 });
        var window = signal.IndicesIn(new MassInterval(3.3, 3.7)).Length / 20_000.0;
        window.ShouldBe(0.835, 0.012); // the real file's fraction; four binomial errors
        var mass = signal.Mass.ToArray();
        Array.Sort(mass);
        mass[10_000].ShouldBe(3.514, 0.006); // the real median; five errors of a median of this width
    }

    [Theory]
    [InlineData(-1, 0, "events: -1 is out of range; allowed: 0 to 100000000")]
    [InlineData(0, 0, "events, signal: both are 0; at least one event is needed")]
    [InlineData(1, 100_000_001, "signal: 100000001 is out of range; allowed: 0 to 100000000")]
    public void A_wrong_number_of_events_is_an_error(int events, int signal, string message) =>
        Should.Throw<ConfigurationException>(() => DijetSimulator.Generate(new SimulationRequest { Events = events, Signal = signal }))
            .Message.ShouldBe(message);

    [Fact]
    public void A_feature_given_twice_is_an_error() =>
        Should.Throw<ConfigurationException>(() => DijetSimulator.Generate(new SimulationRequest { Features = ["mj1", "mj1"] }))
            .Message.ShouldBe("features: 'mj1' is given twice");
}
