using Sideband.Learning.Densities;
using Sideband.Search.Settings;
using Sideband.Templates.Learned;
using Sideband.Templates.Salad;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>Every option record of a search, by type, and what trains its densities.</summary>
internal sealed class OptionSet : IOptionSource
{
    private readonly Dictionary<Type, object> _records;

    private OptionSet(IDensityEngine densities, IEnumerable<object> records)
    {
        _records = records.ToDictionary(record => record.GetType());
        _records.Add(typeof(IDensityEngine), densities);
    }

    /// <param name="settings">The complete settings.</param>
    /// <param name="features">Number of features: to draw all of them is to draw none, and has the same keys.</param>
    /// <param name="densities">Trains the densities.</param>
    /// <exception cref="Events.ConfigurationException">A value of the method's options that is not allowed.</exception>
    public static OptionSet Of(SearchSettings settings, int features, IDensityEngine densities)
    {
        var drawn = settings.FeaturesPerMember == features ? null : settings.FeaturesPerMember;
        var ofMethod = settings.Method.Configure(settings.OptionValues).Append(ReweightingOptions.Of(settings.OptionValues))
            .DistinctBy(record => record.GetType()).ToArray();

        // Experiments may be drawn from a density where the method learns none.
        object[] others = ofMethod.OfType<DensityOptions>().Any()
            ? []
            : [new DensityRecipe(settings.Profile.Name, []).For(DensityKind.FlowMatching)];
        return new OptionSet(densities,
        [
            new FoldOptions(settings.Folds),
            new ClassifierOptions(
                settings.Classifier,
                settings.Members,
                settings.Classifier == ClassifierKind.Trees ? settings.Profile.Boosting with { FeaturesPerMember = drawn } : null,
                settings.Classifier == ClassifierKind.Network ? settings.Profile.Network with { FeaturesPerMember = drawn } : null)
            {
                Seed = settings.ClassifierSeed,
            },
            new QualityOptions(settings.Profile.Boosting),
            new CountOptions(settings.WorkingPoints),
            .. ofMethod,
            .. others,
        ]);
    }

    public T Option<T>()
        where T : class => (T)this[typeof(T)];

    /// <exception cref="InvalidOperationException">The search has no such options.</exception>
    public object this[Type type] =>
        _records.GetValueOrDefault(type) ?? throw new InvalidOperationException($"no options of type {type.Name} in this search");
}
