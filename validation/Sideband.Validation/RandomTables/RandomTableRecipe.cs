namespace Sideband.Validation.RandomTables;

/// <summary>How random tables are searched: small and fast, because there are many.</summary>
/// <param name="Events">Background events of a table.</param>
/// <param name="Signal">Signal events planted in one window.</param>
/// <param name="Windows">Number of windows.</param>
/// <param name="Density">Setting <c>density_recipe</c>.</param>
/// <param name="Members">Of each fold's ensemble.</param>
internal sealed record RandomTableRecipe(int Events, int Signal, int Windows, string Density, int Members)
{
    public const string WorkingPoints = "0.1,0.02";
    public const int Folds = 3;

    /// <summary>Every method that takes a table without labels or simulation.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["ideal", "cwola", "cathode", "lacathode", "anode"];
}
