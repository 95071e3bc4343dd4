using Sideband.Templates;

namespace Sideband.Search.Settings;

/// <summary>One setting: its key in SEARCH.yaml, which with hyphens is its option, and how text becomes a value.</summary>
/// <param name="Name">Key, words joined by underscores.</param>
/// <param name="ValueName">What help shows for the value; empty for a switch.</param>
/// <param name="Description">Meaning, unit and allowed values, in one line.</param>
/// <param name="Apply">
/// Reads the text into the settings; throws <see cref="Events.ConfigurationException"/> where it is not allowed.
/// </param>
/// <param name="Show">The value as text, or null where it is not set.</param>
/// <param name="ChangesResults">False for what only says how and where the work is done.</param>
public sealed record SettingKey(
    string Name,
    string ValueName,
    string Description,
    Func<SearchSettings, string, SearchSettings> Apply,
    Func<SearchSettings, string?> Show,
    bool ChangesResults = true)
{
    /// <summary>
    /// Settings that the default depends on, so that it gives way where one of them is changed; empty where it is a constant.
    /// </summary>
    public IReadOnlyList<string> DefaultDependsOn { get; init; } = [];

    /// <summary>True where the value was given, false where it is the default.</summary>
    public Func<SearchSettings, bool> IsGiven { get; init; } = _ => true;

    /// <summary>Whether a search by a method reads it.</summary>
    public Func<ITemplateMethod, bool> IsReadBy { get; init; } = _ => true;

    /// <summary>The option on the command line.</summary>
    public string Option => "--" + Name.Replace('_', '-');

    public bool IsSwitch => ValueName.Length == 0;
}
