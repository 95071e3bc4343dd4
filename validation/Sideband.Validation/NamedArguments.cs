using Sideband.Events;
using Sideband.Templates;

namespace Sideband.Validation;

/// <summary>Arguments of the form NAME=VALUE.</summary>
internal sealed class NamedArguments
{
    private readonly Dictionary<string, string> _given = [];

    /// <exception cref="ConfigurationException">Another form, or an unknown name.</exception>
    public NamedArguments(ReadOnlySpan<string> arguments, string[] names)
    {
        foreach (var argument in arguments)
        {
            var parts = argument.Split('=', 2);
            if (parts.Length != 2 || !names.Contains(parts[0]))
            {
                throw new ConfigurationException(
                    $"'{argument}' is not allowed; allowed: NAME=VALUE with {string.Join(", ", names)}"
                    + NearestName.Hint(parts[0], names));
            }

            _given[parts[0]] = parts[1];
        }
    }

    public bool Has(string name) => _given.ContainsKey(name);

    public string Text(string name, string otherwise) => _given.GetValueOrDefault(name, otherwise);

    public int Whole(string name, int otherwise, int smallest) =>
        _given.TryGetValue(name, out var text) ? NumberList.ParseWhole(name, text, smallest) : otherwise;

    /// <summary>Reads <c>low</c> and <c>high</c>.</summary>
    public MassInterval Window(double low, double high)
    {
        double Mass(string name, double otherwise) =>
            _given.TryGetValue(name, out var text) ? NumberList.ParseOne(name, text, _ => true, "a mass") : otherwise;
        return new MassInterval(Mass("low", low), Mass("high", high));
    }

    public EventFileSpec File(string name) =>
        _given.TryGetValue(name, out var path) ? EventFileSpec.Parse(path) : throw new ConfigurationException($"{name}: give {name}=FILE");
}
