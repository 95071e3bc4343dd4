namespace Sideband.Events;

/// <summary>
/// What happens to an event with a missing value (NaN) in a feature. Infinite values, and NaN in mass or weight, always drop it.
/// </summary>
public enum MissingPolicy
{
    /// <summary>The event is dropped and counted.</summary>
    Drop,

    /// <summary>The event stays, with NaN in that feature (trees only).</summary>
    Keep,
}

/// <summary>Which events of a labelled file are loaded.</summary>
public enum RowFilter
{
    All,

    /// <summary>Events with label 1 are dropped and counted.</summary>
    BackgroundOnly,

    /// <summary>Events with another label than 1 are dropped and counted.</summary>
    SignalOnly,

    /// <summary>The same where there are labels; without them all are taken for signal.</summary>
    SignalIfLabelled,

    /// <summary>
    /// The events must be background: one with label 1 makes the file unusable. Without labels all are taken for background.
    /// </summary>
    MustBeBackground,

    /// <summary>Events with label 1 are dropped and counted where labels are known.</summary>
    BackgroundIfLabelled,
}

/// <summary>The columns that a search uses.</summary>
/// <param name="Mass">The resonant variable: a column, or a feature that can be derived from jet momenta.</param>
/// <param name="Features">Columns or derivable features, without names of sets (see <see cref="FeatureSets.Resolve"/>).</param>
/// <param name="Weight">Column of event weights; null where all are 1.</param>
/// <param name="Missing">What happens to events with NaN in a feature.</param>
public sealed record ColumnRequest(
    string Mass, IReadOnlyList<string> Features, string? Weight = null, MissingPolicy Missing = MissingPolicy.Drop)
{
    /// <summary>The column that says signal (1) or background (0), loaded wherever a file has it.</summary>
    public const string Label = "label";

    /// <summary>The label of an event that may be either.</summary>
    public const double UnknownLabel = -1;

    /// <summary>Throws where a name has two roles.</summary>
    /// <exception cref="ConfigurationException">No feature; a feature twice; label, weight or mass column among the features.</exception>
    public void Validate()
    {
        if (Features.Count == 0)
        {
            throw new ConfigurationException("features: at least one feature is needed");
        }

        if (Features.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ConfigurationException($"features: '{twice.Key}' is given {twice.Count()} times");
        }

        foreach (var (role, name) in new[] { ("label", Label), ("mass", Mass), ("weight", Weight) })
        {
            if (name is not null && Features.Contains(name))
            {
                throw new ConfigurationException($"features: '{name}' is the {role} column and must not be a feature");
            }
        }

        if (Mass == Label || Weight == Label || Mass == Weight)
        {
            throw new ConfigurationException($"mass '{Mass}', weight '{Weight}' and label '{Label}' must be different columns");
        }
    }
}
