namespace Sideband.Templates;

/// <summary>The options of a method as text, and what of the search's own settings methods read.</summary>
/// <param name="Profile">quick, standard or paper.</param>
/// <param name="SidebandWidth">Width of each short sideband, in the unit of the mass; null: half the window's.</param>
/// <param name="Given">Texts that were given, by option name.</param>
public sealed record OptionValues(string Profile, double? SidebandWidth, IReadOnlyDictionary<string, string> Given)
{
    /// <summary>The inputs for which files are given.</summary>
    public IReadOnlyList<InputRole> Inputs { get; init; } = [];

    /// <summary>The text of an option: as it was given, or its default.</summary>
    public string this[MethodOption option] => Given.TryGetValue(option.Name, out var text) ? text : option.Default(this);
}
