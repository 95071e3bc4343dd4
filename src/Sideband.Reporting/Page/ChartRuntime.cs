namespace Sideband.Reporting.Page;

/// <summary>Vega and Vega-Lite, as the build embedded them; absent in a build without npm.</summary>
public static class ChartRuntime
{
    private const string Prefix = "Charts/";

    /// <summary>True where this build has the runtime.</summary>
    public static bool IsEmbedded => Scripts().Any();

    /// <summary>The scripts, in the order in which they must run.</summary>
    internal static IEnumerable<string> Scripts() =>
        typeof(ChartRuntime).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Asset.Read);

    /// <summary>The licence under which the scripts are passed on.</summary>
    internal static string Licence => Asset.Read(Prefix + "LICENSE");
}
