using Sideband.Events;

namespace Sideband.Templates;

/// <summary>The names that a setting has for the values of an enumeration.</summary>
/// <param name="setting">Its name, for errors.</param>
/// <param name="all">Name and value.</param>
internal sealed class KindNames<T>(string setting, params (string Name, T Value)[] all)
    where T : struct, Enum
{
    /// <exception cref="ConfigurationException">No such name.</exception>
    public T Parse(string text) => Array.Find(all, entry => entry.Name == text) is { Name: not null } found
        ? found.Value
        : throw new ConfigurationException(
            $"{setting}: '{text}' is unknown; allowed: {string.Join(", ", all.Select(entry => entry.Name))}"
            + NearestName.Hint(text, all.Select(entry => entry.Name)));

    /// <summary>The name of a value.</summary>
    public string Of(T value) => Array.Find(all, entry => entry.Value.Equals(value)).Name;
}
