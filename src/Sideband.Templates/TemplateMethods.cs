using Sideband.Events;
using Sideband.Templates.Anode;
using Sideband.Templates.Cathode;
using Sideband.Templates.Cwola;
using Sideband.Templates.Ideal;
using Sideband.Templates.LaCathode;
using Sideband.Templates.Supervised;

namespace Sideband.Templates;

/// <summary>The methods that a search can use, by name.</summary>
public static class TemplateMethods
{
    public static IReadOnlyList<ITemplateMethod> All { get; } =
    [
        new CwolaTemplate(),
        new CathodeTemplate(),
        new LaCathodeTemplate(),
        new AnodeTemplate(),
        new IdealTemplate(),
        new SupervisedTemplate(),
    ];

    /// <exception cref="ConfigurationException">No such method.</exception>
    public static ITemplateMethod ByName(string name) =>
        All.FirstOrDefault(method => method.Name == name)
        ?? throw new ConfigurationException(
            $"method: '{name}' is unknown; allowed: {string.Join(", ", All.Select(method => method.Name))}"
            + NearestName.Hint(name, All.Select(method => method.Name)));
}
