using Sideband.Search.Results;

namespace Sideband.Reporting.Wording;

/// <summary>What the data are called where a search is spoken of.</summary>
internal static class InputName
{
    private const string Example = "built-in example";

    /// <summary>The first file of the data; the built-in example without the parameters of its simulation, which the inputs list.</summary>
    public static string OfData(ScanResult result)
    {
        var name = result.Inputs.FirstOrDefault(input => input.Role == "data")?.FileName ?? "data";
        return name.StartsWith(Example, StringComparison.Ordinal) ? "the " + Example : name;
    }
}
