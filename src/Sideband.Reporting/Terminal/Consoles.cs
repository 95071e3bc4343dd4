using Spectre.Console;

namespace Sideband.Reporting.Terminal;

/// <summary>
/// Consoles that know when they are redirected: no colours or cursor codes in files, and no wrapping of tables at 80 columns.
/// </summary>
public static class Consoles
{
    private const int RedirectedWidth = 160;

    /// <summary>Standard output: results.</summary>
    public static IAnsiConsole Output { get; } = Create(Console.Out, Console.IsOutputRedirected);

    /// <summary>Standard error: progress, warnings, errors.</summary>
    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>A console over any writer.</summary>
    /// <param name="writer">Where text goes.</param>
    /// <param name="redirected">True where nobody watches it: plain text, wide lines.</param>
    public static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var plain = redirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
