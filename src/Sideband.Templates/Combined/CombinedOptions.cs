using Sideband.Events;

namespace Sideband.Templates.Combined;

/// <summary>What is combined.</summary>
/// <param name="Sources">Names of methods, at least two, each once.</param>
/// <param name="Level">How.</param>
public sealed record CombinedOptions(IReadOnlyList<string> Sources, CombinationLevel Level)
{
    // arXiv:2307.11157 combines these four. Others cost much (anode) or do not stand a mass dependence (cwola): they must be named.
    private static readonly string[] ByDefault = ["salad", "feta", "cathode", "curtains"];

    /// <summary>The setting <c>combine</c>.</summary>
    public static MethodOption SourcesOption { get; } = new(
        "combine",
        "LIST",
        "Methods that method combined takes together, two or more [default: salad,feta,cathode,curtains; "
            + "cathode,curtains without simulation]",
        text => string.Join(',', ParseSources(text)),
        values => string.Join(',', ByDefault.Where(name => values.Inputs.Contains(InputRole.Simulation) || !NeedsSimulation(name))))
    {
        DefaultDependsOn = ["simulation"],
    };

    /// <summary>The setting <c>combine_level</c>.</summary>
    public static MethodOption LevelOption { get; } = new(
        "combine_level",
        "samples|scores",
        "One classifier against the templates of all sources together, or the mean score of their own classifiers [default: samples]",
        text => Name(ParseLevel(text)),
        _ => "samples");

    public static CombinedOptions Of(OptionValues values) => new(ParseSources(values[SourcesOption]), ParseLevel(values[LevelOption]));

    /// <summary>The text of a level.</summary>
    internal static string Name(CombinationLevel level) => level == CombinationLevel.Samples ? "samples" : "scores";

    /// <summary>
    /// Methods that can be combined: those whose template is made for the searched sample, which references such as ideal are not.
    /// </summary>
    internal static IEnumerable<ITemplateMethod> Combinable =>
        TemplateMethods.All.Where(method => method is not CombinedTemplate && method.Traits.RepeatableOnPseudoData);

    private static bool NeedsSimulation(string name) => TemplateMethods.ByName(name).PreparationReads.Roles.Contains(InputRole.Simulation);

    /// <exception cref="ConfigurationException">Unknown, given twice, or fewer than two.</exception>
    private static string[] ParseSources(string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[] allowed = [.. Combinable.Select(method => method.Name)];
        if (names.FirstOrDefault(name => !allowed.Contains(name)) is { } unknown)
        {
            var known = TemplateMethods.All.Any(method => method.Name == unknown);
            throw new ConfigurationException(
                $"combine: '{unknown}' {(known ? "cannot be combined with others" : "is unknown")}; allowed: {string.Join(", ", allowed)}"
                + NearestName.Hint(unknown, allowed));
        }

        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ConfigurationException($"combine: '{twice.Key}' stands there twice; allowed: different methods");
        }

        return names.Length >= 2 ? names : throw new ConfigurationException(
            $"combine: '{text}' is {(names.Length == 0 ? "no method" : "one method alone, which is --method " + names[0])}; "
            + $"allowed: two or more of {string.Join(", ", allowed)}");
    }

    /// <exception cref="ConfigurationException">Another word.</exception>
    private static CombinationLevel ParseLevel(string text) => text switch
    {
        "samples" => CombinationLevel.Samples,
        "scores" => CombinationLevel.Scores,
        _ => throw new ConfigurationException($"combine_level: '{text}' is not allowed; allowed: samples, scores"),
    };
}
