using System.Collections.Immutable;
using Sideband.Events;
using Sideband.Templates.Anode;
using Sideband.Templates.Cathode;
using Sideband.Templates.Combined;
using Sideband.Templates.Curtains;
using Sideband.Templates.Cwola;
using Sideband.Templates.Feta;
using Sideband.Templates.Ideal;
using Sideband.Templates.LaCathode;
using Sideband.Templates.Salad;
using Sideband.Templates.Supervised;

namespace Sideband.Templates;

/// <summary>The methods that a search can use, by name.</summary>
public static class TemplateMethods
{
    private static ImmutableArray<ITemplateMethod> _all =
    [
        new CwolaTemplate(),
        new CathodeTemplate(),
        new LaCathodeTemplate(),
        new AnodeTemplate(),
        new SaladTemplate(),
        new FetaTemplate(),
        new CurtainsTemplate(),
        new CombinedTemplate(),
        new IdealTemplate(),
        new SupervisedTemplate(),
    ];

    public static IReadOnlyList<ITemplateMethod> All => _all;

    /// <summary>Every option that some method reads, once.</summary>
    public static IEnumerable<MethodOption> Options => _all.SelectMany(method => method.Options).DistinctBy(option => option.Name);

    /// <summary>Adds a method of another assembly; one of the same name is replaced.</summary>
    /// <exception cref="ArgumentException">
    /// An option of it has the name of another method's and is another one: a value could be read by one rule alone.
    /// </exception>
    public static void Register(ITemplateMethod method) => ImmutableInterlocked.Update(ref _all, methods =>
    {
        var others = methods.RemoveAll(other => other.Name == method.Name);
        foreach (var option in method.Options)
        {
            if (others.FirstOrDefault(other => other.Options.Any(known => known.Name == option.Name && known != option)) is { } owner)
            {
                throw new ArgumentException(
                    $"method '{method.Name}': its option '{option.Name}' is another one than that of '{owner.Name}'; "
                    + "take that one, or another name",
                    nameof(method));
            }
        }

        return others.Add(method);
    });

    /// <exception cref="ConfigurationException">No such method.</exception>
    public static ITemplateMethod ByName(string name) =>
        All.FirstOrDefault(method => method.Name == name)
        ?? throw new ConfigurationException(
            $"method: '{name}' is unknown; allowed: {string.Join(", ", All.Select(method => method.Name))}"
            + NearestName.Hint(name, All.Select(method => method.Name)));
}
