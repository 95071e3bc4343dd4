using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Learning.Networks;

namespace Sideband.Templates.Learned;

/// <summary>
/// The setting <c>density_recipe</c>: a named training of a density, and single options of it set otherwise, for example
/// <c>standard,epochs=50,width=64</c>.
/// </summary>
/// <param name="Name">quick, standard or paper.</param>
/// <param name="Changes">Option and value, in the order given.</param>
public sealed record DensityRecipe(string Name, IReadOnlyList<(string Option, string Value)> Changes)
{
    private static readonly string[] Names = ["quick", "standard", "paper"];

    private static readonly Dictionary<string, Func<DensityOptions, string, DensityOptions>> Options = new()
    {
        ["epochs"] = (o, text) => o with { Epochs = Whole("epochs", text) },
        ["few_events"] = (o, text) => o with { FewEvents = Whole("few_events", text) },
        ["batch"] = (o, text) => o with { BatchSize = Whole("batch", text) },
        ["optimiser"] = (o, text) => o with { Optimiser = Optimiser(text) },
        ["learning_rate"] = (o, text) => o with { LearningRate = Number("learning_rate", text) },
        ["blocks"] = (o, text) => o with { Blocks = Whole("blocks", text) },
        ["width"] = (o, text) => o with { HiddenWidth = Whole("width", text) },
        ["pooled"] = (o, text) => o with { PooledEpochs = Whole("pooled", text) },
        ["trainings"] = (o, text) => o with { Trainings = Whole("trainings", text) },
        ["patience"] = (o, text) => o with { Patience = Whole("patience", text) },
        ["validation"] = (o, text) => o with { ValidationFraction = Number("validation", text) },
        ["tolerance"] = (o, text) => o with { SolverTolerance = Number("tolerance", text) },
    };

    /// <summary>Options that mean nothing to other densities.</summary>
    private static readonly string[] OfFlowMatching = ["optimiser", "trainings", "tolerance"];

    /// <exception cref="ConfigurationException">Another form, an unknown name, or a value out of range.</exception>
    public static DensityRecipe Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !Names.Contains(parts[0]))
        {
            var name = parts.Length == 0 ? "" : parts[0];
            throw new ConfigurationException(
                $"density_recipe: '{name}' is unknown; "
                + $"allowed: {string.Join(", ", Names)}, and behind it OPTION=VALUE with {string.Join(", ", Options.Keys)}"
                + NearestName.Hint(name, Names));
        }

        var changes = new List<(string, string)>();
        foreach (var part in parts.Skip(1))
        {
            var pair = part.Split('=', StringSplitOptions.TrimEntries);
            if (pair.Length != 2 || !Options.ContainsKey(pair[0]))
            {
                throw new ConfigurationException(
                    $"density_recipe: '{part}' is not allowed; allowed: OPTION=VALUE with {string.Join(", ", Options.Keys)}"
                    + NearestName.Hint(pair[0], Options.Keys));
            }

            changes.Add((pair[0], pair[1]));
        }

        var recipe = new DensityRecipe(parts[0], changes);
        foreach (var kind in Enum.GetValues<DensityKind>().Where(kind => recipe.Misplaced(kind) is null))
        {
            recipe.For(kind);
        }

        return recipe;
    }

    /// <summary>The options of a density of a kind.</summary>
    /// <exception cref="ConfigurationException">A value out of range, or an option of another kind.</exception>
    public DensityOptions For(DensityKind kind)
    {
        if (Misplaced(kind) is { } misplaced)
        {
            throw new ConfigurationException(
                $"density_recipe: '{misplaced}' is an option of density flow-matching; the density is {DensityKinds.NameOf(kind)}");
        }

        var options = Named(kind);
        foreach (var (option, value) in Changes)
        {
            options = Options[option](options, value);
        }

        try
        {
            options.Validate();
        }
        catch (ArgumentException error)
        {
            throw new ConfigurationException($"density_recipe: {error.Message}", error);
        }

        return options;
    }

    public override string ToString() => string.Join(',', Changes.Select(change => $"{change.Option}={change.Value}").Prepend(Name));

    private string? Misplaced(DensityKind kind) =>
        kind == DensityKind.FlowMatching ? null : Changes.Select(change => change.Option).FirstOrDefault(OfFlowMatching.Contains);

    // quick: fewer passes, a fifth, of the short recipe for flow matching half, and one network. paper: the flow matching published for
    // arXiv:2411.00085 (2000 epochs at most, 4096 events a step, AdamW 3e-4, plateau, the ten best epochs), the MAF of arXiv:2109.00546,
    // which is the recommended one.
    private DensityOptions Named(DensityKind kind)
    {
        var options = DensityOptions.Recommended(kind);
        return Name switch
        {
            "quick" when kind == DensityKind.FlowMatching => options with { Epochs = options.Epochs / 2, Trainings = 1 },
            "quick" => options with
            {
                Epochs = Math.Max(1, options.Epochs / 5),
                PooledEpochs = Math.Min(options.PooledEpochs, Math.Max(1, options.Epochs / 20)),
            },
            "paper" when kind == DensityKind.FlowMatching => options with
            {
                Epochs = 2000,
                FewEvents = 0,
                BatchSize = 4096,
                Optimiser = OptimiserKind.Adam,
                LearningRate = 3e-4,
                WeightDecay = 0.01,
                Schedule = LearningRateSchedule.Plateau,
                GradientClip = 0,
                Blocks = 4,
                HiddenWidth = 256,
                ValidationFraction = 0.5,
                Patience = 100,
                PooledEpochs = 10,
            },
            _ => options,
        };
    }

    private static OptimiserKind Optimiser(string text) => text switch
    {
        "adam" => OptimiserKind.Adam,
        "muon" => OptimiserKind.Muon,
        _ => throw new ConfigurationException($"density_recipe: optimiser: '{text}' is not allowed; allowed: adam, muon"),
    };

    private static int Whole(string option, string text) => NumberList.ParseWhole($"density_recipe: {option}", text, 0);

    private static double Number(string option, string text) =>
        NumberList.ParseOne($"density_recipe: {option}", text, _ => true, "a number");
}
