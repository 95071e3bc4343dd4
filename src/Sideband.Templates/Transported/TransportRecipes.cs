using Sideband.Learning.Densities;
using Sideband.Learning.Transport;

namespace Sideband.Templates.Transported;

/// <summary>How transports are trained.</summary>
internal static class TransportRecipes
{
    private static readonly KindNames<TransportKind> Kinds = new(
        "transport", ("flow-matching", TransportKind.FlowMatching), ("spline", TransportKind.Spline));

    /// <summary>The setting <c>transport</c>.</summary>
    public static MethodOption Option { get; } = new(
        "transport",
        "KIND",
        "How events are carried: flow-matching between pairs of events, or spline, under a learned density [default: flow-matching]",
        text => Kinds.Of(Kinds.Parse(text)),
        _ => Kinds.Of(TransportKind.FlowMatching));

    /// <summary>The options of a kind and a profile.</summary>
    public static TransportOptions Of(OptionValues values)
    {
        var kind = Kinds.Parse(values[Option]);
        var options = TransportOptions.Recommended(kind);
        return values.Profile switch
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
