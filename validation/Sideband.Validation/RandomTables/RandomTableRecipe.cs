using Sideband.Templates;

namespace Sideband.Validation.RandomTables;

/// <summary>How random tables are searched: small and fast, because there are many.</summary>
/// <param name="Events">Background events of a table.</param>
/// <param name="Signal">Signal events planted in one window.</param>
/// <param name="Windows">Number of windows.</param>
/// <param name="Density">Setting <c>density_recipe</c>.</param>
/// <param name="Members">Of each fold's ensemble.</param>
/// <param name="EstimatesShift">
/// Each method with its default estimate of delta_sys, with another draw of the table as Monte Carlo; statistical errors alone otherwise.
/// </param>
/// <param name="CountsFreshEvents">Whether many fresh events tell how much background there is behind the cuts.</param>
internal sealed record RandomTableRecipe(
    int Events, int Signal, int Windows, string Density, int Members, bool EstimatesShift = false, bool CountsFreshEvents = false)
{
    public const string WorkingPoints = "0.1,0.02";
    public const int Folds = 3;

    /// <summary>Every method that takes a table without labels.</summary>
    public static IReadOnlyList<string> Methods { get; } =
        ["ideal", "cwola", "cathode", "lacathode", "anode", "salad", "feta", "curtains", "combined"];

    /// <summary>
    /// Those whose default estimate of delta_sys needs no strips: strips of such tables hold too few events for the folds.
    /// </summary>
    public static IReadOnlyList<string> MethodsWithEstimate { get; } =
        [.. Methods.Where(method => !DefaultEstimate(method).Contains("strips", StringComparison.Ordinal))];

    /// <summary>A method's default estimate of delta_sys.</summary>
    public static string DefaultEstimate(string method) => TemplateMethods.ByName(method).Traits.DefaultSystematics;
}
