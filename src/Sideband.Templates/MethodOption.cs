namespace Sideband.Templates;

/// <summary>
/// An option that one method or several read: its key in SEARCH.yaml, which with hyphens is its option on the command line.
/// </summary>
/// <param name="Name">Key, words joined by underscores.</param>
/// <param name="ValueName">What help shows for the value.</param>
/// <param name="Description">Meaning, unit, allowed values and default, in one line.</param>
/// <param name="Normalise">
/// The text in its complete form; throws <see cref="Events.ConfigurationException"/> where it is not allowed.
/// </param>
/// <param name="Default">The text where nothing is given, which may depend on the profile.</param>
public sealed record MethodOption(
    string Name, string ValueName, string Description, Func<string, string> Normalise, Func<OptionValues, string> Default)
{
    /// <summary>Other settings that the default depends on.</summary>
    public IReadOnlyList<string> DefaultDependsOn { get; init; } = [];
}
