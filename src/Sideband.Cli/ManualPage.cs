using System.CommandLine;
using System.CommandLine.Help;
using System.Text;

namespace Sideband.Cli;

/// <summary>The manual page sideband(1), made from the commands themselves.</summary>
internal static class ManualPage
{
    /// <param name="root">All commands.</param>
    /// <param name="version">As the program says it.</param>
    public static string Of(RootCommand root, string version)
    {
        var page = new StringBuilder();
        page.Append($".TH SIDEBAND 1 \"\" \"Sideband {Escaped(version)}\" \"User Commands\"\n");
        page.Append(".SH NAME\nsideband \\- resonant anomaly detection in collider data\n");
        page.Append(".SH SYNOPSIS\n.B sideband\n.I COMMAND\n[\\fIarguments\\fR] [\\fIoptions\\fR]\n");
        page.Append($".SH DESCRIPTION\n{Line(root.Description)}");
        Examples(page, root);
        page.Append(".SH COMMANDS\n");
        foreach (var command in root.Subcommands.Where(command => !command.Hidden))
        {
            Describe(page, command);
        }

        page.Append(".SH EXIT STATUS\n");
        foreach (var (code, meaning) in (ReadOnlySpan<(int, string)>)
        [
            (CommandHost.Done, "done"), (CommandHost.Usage, "the command line, or a setting, is not allowed"),
            (CommandHost.InputData, "an input file cannot be read, or an output file cannot be written"),
            (CommandHost.UnitsFailed, "some units of the search failed; results hold the others"),
            (CommandHost.Interrupted, "interrupted; what is trained is kept, and the same command goes on from there"),
        ])
        {
            page.Append($".TP\n{code}\n{Line(meaning)}");
        }

        page.Append(".SH FILES\n");
        foreach (var (name, meaning) in (ReadOnlySpan<(string, string)>)
        [
            ("search.yaml", "the settings of a run"), ("results.json", "every number of a run"), ("summary/", "spectra and curves"),
            ("report.html, figures/", "what sideband report writes"), ("scores/", "scores of signal-region events"),
            ("work/", "finished units"),
        ])
        {
            page.Append($".TP\n.I {Escaped(name)}\n{Line(meaning)}");
        }

        return page.ToString();
    }

    private static void Describe(StringBuilder page, Command command)
    {
        var arguments = command.Arguments.Select(
            argument => $" {argument.Name}{(argument.Arity.MaximumNumberOfValues > 1 ? "..." : "")}");
        page.Append($".SS sideband {Escaped(command.Name + string.Concat(arguments))}\n{Line(command.Description)}");
        foreach (var argument in command.Arguments.Where(argument => argument.Description is not null))
        {
            page.Append($".TP\n.I {Escaped(argument.Name)}\n{Line(argument.Description)}");
        }

        foreach (var option in command.Options.Where(option => option is not (HelpOption or VersionOption) && !option.Hidden))
        {
            var names = string.Join(", ", option.Aliases.Prepend(option.Name).Select(name => $"\\fB{Escaped(name)}\\fR"));
            var value = option.HelpName is { } name ? $" \\fI{Escaped(name)}\\fR" : "";
            page.Append($".TP\n{names}{value}\n{Line(option.Description)}");
        }

        Examples(page, command);
    }

    private static void Examples(StringBuilder page, Command command)
    {
        foreach (var line in CommandExamples.Of(command))
        {
            page.Append($".PP\n{Line(line)}");
        }
    }

    private static string Line(string? text) => Escaped((text ?? "").ReplaceLineEndings(" ")) + "\n";

    // A backslash begins an escape, a hyphen would become a dash, and a line that begins with a point or a quote is a request.
    private static string Escaped(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
