using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sideband.Reporting.Terminal;

/// <summary>Tables for terminals of any width.</summary>
internal static class Fitting
{
    /// <summary>True where a table fits on one line without breaking a cell.</summary>
    public static bool Fits(IAnsiConsole console, Table table)
    {
        var options = RenderOptions.Create(console, console.Profile.Capabilities);
        return ((IRenderable)table).Measure(options, int.MaxValue).Max <= console.Profile.Width;
    }

    /// <summary>The first of several forms, widest first, that fits; else the last.</summary>
    public static Table Widest(IAnsiConsole console, params ReadOnlySpan<Func<Table>> forms)
    {
        for (var i = 0; i < forms.Length - 1; i++)
        {
            var table = forms[i]();
            if (Fits(console, table))
            {
                return table;
            }
        }

        return forms[^1]();
    }
}
