using Sideband.Events;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Combined;

/// <summary>The sources of a combination, and what it is because of them.</summary>
internal sealed class Sources
{
    public Sources(CombinedOptions options)
    {
        (Level, Methods) = (options.Level, [.. options.Sources.Select(TemplateMethods.ByName)]);
        Stages = [.. Methods.SelectMany(method => method.Stages).DistinctBy(stage => stage.Name)];
        Options = [.. Methods.SelectMany(method => method.Options).DistinctBy(option => option.Name)];
        ViewReads = Level == CombinationLevel.Samples ? StageReads.Nothing : Union(Methods.Select(method => method.ViewReads));
        PreparationReads = Union(Methods.Select(method => method.PreparationReads)).With(ViewReads).Option<CombinedOptions>();
        Traits = TraitsOf(Methods, PreparationReads.Roles.Contains(InputRole.Simulation));
    }

    public CombinationLevel Level { get; }

    public IReadOnlyList<ITemplateMethod> Methods { get; }

    /// <summary>Stages that sources share, such as a density, once.</summary>
    public IReadOnlyList<IStage> Stages { get; }

    public IReadOnlyList<MethodOption> Options { get; }

    public StageReads PreparationReads { get; }

    public StageReads ViewReads { get; }

    public MethodTraits Traits { get; }

    /// <exception cref="ConfigurationException">A source that level or inputs do not allow.</exception>
    public void Require(IMethodInputs inputs)
    {
        if (Level == CombinationLevel.Samples && Methods.FirstOrDefault(method => !method.Traits.JoinsTemplates) is { } alone)
        {
            var allowed = CombinedOptions.Combinable.Where(method => method.Traits.JoinsTemplates).Select(method => method.Name);
            throw new ConfigurationException(
                $"combine: '{alone.Name}' has no template in the data's features that could be joined with others; "
                + $"allowed with combine_level samples: {string.Join(", ", allowed)}; give --combine-level scores, or leave it out");
        }

        foreach (var method in Methods)
        {
            try
            {
                method.Require(inputs);
            }
            catch (ConfigurationException error)
            {
                throw new ConfigurationException($"combine: '{method.Name}' is not possible with these inputs: {error.Message}", error);
            }
        }
    }

    // A combination stands what all of its sources stand.
    private static MethodTraits TraitsOf(IReadOnlyList<ITemplateMethod> methods, bool readsSimulation)
    {
        bool All(Func<MethodTraits, bool> trait) => methods.All(method => trait(method.Traits));

        var learnsEverywhere = All(traits => traits.DrawsAtAnyMass);
        var standsMass = All(traits => traits.StandsMassDependence);
        return new MethodTraits
        {
            DefaultSystematics = learnsEverywhere ? "mc+sideband" : !standsMass ? "mc" : readsSimulation ? "strips,halves" : "mc+strips",
            RepeatableOnPseudoData = true,
            StandsMassDependence = standsMass,
            InterpolatesInMass = standsMass && methods.Any(method => method.Traits.InterpolatesInMass),
            StandsTurnOn = All(traits => traits.StandsTurnOn),
            DrawsAtAnyMass = learnsEverywhere,
            ScoresAtEveryMass = All(traits => traits.ScoresAtEveryMass),
            ScoresByClassifier = methods.Any(method => method.Traits.ScoresByClassifier),
            TakesMissingValues = All(traits => traits.TakesMissingValues),
            TakesWeights = All(traits => traits.TakesWeights),
            IsExchangeable = false,
        };
    }

    private static StageReads Union(IEnumerable<StageReads> reads) => reads.Aggregate(StageReads.Nothing, (all, one) => all.With(one));
}
