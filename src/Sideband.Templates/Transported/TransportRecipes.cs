using Sideband.Learning.Densities;
using Sideband.Learning.Transport;

namespace Sideband.Templates.Transported;

/// <summary>How transports are trained.</summary>
internal static class TransportRecipes
{
    private static readonly KindNames<Choice> Choices = new(
        "transport", ("auto", Choice.Auto), ("flow-matching", Choice.FlowMatching), ("spline", Choice.Spline));

    private enum Choice
    {
        Auto,
        FlowMatching,
        Spline,
    }

    /// <summary>The setting <c>transport</c>.</summary>
    public static MethodOption Option { get; } = new(
        "transport",
        "KIND",
        "How events are carried: flow-matching between pairs of events, spline, under a learned density, or auto: spline with "
        + "curtains where the sidebands hold 100,000 events, else flow-matching [default: auto]",
        text => Choices.Of(Choices.Parse(text)),
        _ => Choices.Of(Choice.Auto));

    /// <summary>The kind that was asked for; null where the method chooses.</summary>
    public static TransportKind? Asked(OptionValues values) => Choices.Parse(values[Option]) switch
    {
        Choice.FlowMatching => TransportKind.FlowMatching,
        Choice.Spline => TransportKind.Spline,
        _ => null,
    };

    /// <summary>The options of a kind and a profile.</summary>
    /// <param name="kind">How events are carried.</param>
    /// <param name="profile">quick, standard or paper.</param>
    public static TransportOptions Of(TransportKind kind, string profile)
    {
        var options = TransportOptions.Recommended(kind);
        return profile switch
        {
            "quick" => options with { Epochs = options.Epochs / 2, Base = Half(options.Base) },
            "paper" when kind == TransportKind.Spline => AsPublished,
            _ => options,
        };
    }

    /// <summary>arXiv:2212.11285, table V, but that a block has two hidden layers in the base density, too.</summary>
    private static TransportOptions AsPublished { get; } = TransportOptions.Recommended(TransportKind.Spline) with
    {
        Epochs = 50,
        FewEvents = 0,
        BatchSize = 256,
        LearningRate = 5e-4,
        WeightDecay = 1e-5,
        Blocks = 8,
        HiddenWidth = 32,
        ValidationFraction = 0.2,
        Base = DensityOptions.Recommended(DensityKind.Spline) with
        {
            Epochs = 100,
            BatchSize = 128,
            LearningRate = 1e-4,
            WeightDecay = 1e-4,
            Blocks = 15,
            HiddenWidth = 128,
        },
    };

    private static DensityOptions? Half(DensityOptions? density) =>
        density is null ? null : density with { Epochs = density.Epochs / 2 };
}
