
namespace Sideband.Search.Systematics;

/// <summary>The estimates that a search makes: the one that its numbers take, and those beside it.</summary>
public static class ShiftEstimates
{
    private static readonly IReadOnlyList<ShiftEstimate> Named =
    [
        ChainEstimate.MonteCarlo,
        ChainEstimate.Sideband,
        new QuadratureEstimate(ChainEstimate.MonteCarlo, ChainEstimate.Sideband),
        new StripsEstimate(),
        new QuadratureEstimate(ChainEstimate.MonteCarlo, new StripsEstimate()),
        new HalvesEstimate(),
        new LargerEstimate(new StripsEstimate(), new HalvesEstimate()),
        new LabelsEstimate(),
        new GivenEstimate(GivenEstimate.Zero, []),
        new GivenEstimate(GivenEstimate.None, []),
    ];

    /// <summary>Names that the setting <c>systematics</c> takes, beside numbers.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Named.Select(estimate => estimate.Name).Where(name => name != GivenEstimate.Zero)];

    /// <summary>The estimate that enters N_exp.</summary>
    /// <param name="choice">What is asked for.</param>
    /// <param name="ofMethod">The estimate that the method takes where nothing is.</param>
    public static ShiftEstimate Used(SystematicsChoice choice, string ofMethod)
    {
        var name = choice.IsMethods ? ofMethod : choice.Name;
        return choice.Fixed.Count > 0 ? new GivenEstimate(name, choice.Fixed) : Named.First(estimate => estimate.Name == name);
    }

    /// <summary>The estimates that results show: each part of the one that is used, itself, and the truth where labels tell it.</summary>
    /// <param name="used">The one that is used.</param>
    /// <param name="labels">True where the labels of scored data are known.</param>
    public static IEnumerable<ShiftEstimate> Shown(ShiftEstimate used, bool labels) =>
    [
        .. used switch
        {
            QuadratureEstimate both => [both.First, both.Second, both],
            LargerEstimate two => [two.First, two.Second, two],
            _ => used.Samples.Count > 0 ? [used] : Array.Empty<ShiftEstimate>(),
        },
        .. labels ? [new LabelsEstimate()] : Array.Empty<ShiftEstimate>(),
    ];
}
