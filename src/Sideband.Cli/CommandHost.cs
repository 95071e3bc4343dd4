using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Sideband.Events;
using Sideband.Events.Writers;

namespace Sideband.Cli;

/// <summary>Turns what goes wrong into one line on standard error and the contract's exit codes.</summary>
internal static class CommandHost
{
    public const int Done = 0, Usage = 2, InputData = 3, UnitsFailed = 4, Interrupted = 130;

    private const int UnexpectedError = 1;

    public static async Task<int> Run(RootCommand root, string[] args)
    {
        // Numbers and texts are the same whatever the environment says.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 || UnknownOption(parsed) is not null || IsUnknownBesideHelp(parsed))
        {
            return Fail(Message(parsed), null, Usage);
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                Interruption.Token);
        }
        catch (OperationCanceledException)
        {
            return Interruption.Tell();
        }
        catch (SidebandException error)
        {
            return Fail(error.Message, error, error.ExitCode);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Fail(Reason(error), error, InputData);
        }
        catch (Exception error) when (Causes(error).OfType<OutOfMemoryException>().Any())
        {
            return Fail("not enough memory; fewer --threads, fewer events, or a larger limit help", error, InputData);
        }
        catch (Exception error) when (Causes(error).OfType<IOException>().FirstOrDefault() is { } cause)
        {
            return Fail(Reason(cause), error, InputData);
        }
        catch (Exception error)
        {
            return Fail($"unexpected: {error.GetType().Name}: {error.Message}; SIDEBAND_DEBUG=1 shows where", error, UnexpectedError);
        }
    }

    /// <summary>A line on standard error beside what is done.</summary>
    public static void Warn(string line) => Console.Error.WriteLine("warning: " + ShownText.Of(line));

    // The system's own words have the file's name, in quotes, where whoever read it did not say it.
    private static string Reason(Exception error) => AtomicFile.Reason(error) is var reason
        && reason != error.Message
        && error.Message.Contains('\'', StringComparison.Ordinal)
            ? $"{reason} ({error.Message})"
            : reason;

    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private static int Fail(string message, Exception? error, int exitCode)
    {
        Console.Error.WriteLine("error: " + ShownText.Of(message.ReplaceLineEndings(" ")));
        if (error is not null && Environment.GetEnvironmentVariable("SIDEBAND_DEBUG") == "1")
        {
            Console.Error.WriteLine(error);
        }

        return exitCode;
    }

    // The first error, with the nearest option or command for a misspelt one.
    private static string Message(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;

        // Before an unknown option of a command comes the command: nothing else can stand there.
        var unknown = parsed.UnmatchedTokens.FirstOrDefault(token => command.Subcommands.Count > 0 && !token.StartsWith('-'))
            ?? UnknownOption(parsed)
            ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null);
        if (unknown is null)
        {
            return Message(parsed.Errors[0]);
        }

        var names = command.Options.Select(option => option.Name).Concat(command.Subcommands.Select(sub => sub.Name)).ToArray();
        unknown = unknown.StartsWith("--", StringComparison.Ordinal) ? unknown.Split('=')[0] : unknown;
        var kind = unknown.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        return $"unknown {kind} '{unknown}' of "
            + $"{(command is RootCommand ? "sideband" : "sideband " + command.Name)}{NearestName.Hint(unknown, names)}"
            + (kind == "command" ? $"; allowed: {string.Join(", ", names.Where(name => !name.StartsWith('-')))}" : "");
    }

    // --help takes all errors away, also that of a command that is none. What follows a directive, by which shells complete, is a line.
    private static bool IsUnknownBesideHelp(ParseResult parsed) =>
        parsed.UnmatchedTokens.Count > 0 && parsed.Tokens.All(token => token.Type != TokenType.Directive);

    // The parser takes a misspelt option for the value of an argument or of the option before it. No file, column or number starts with two
    // hyphens.
    private static string? UnknownOption(ParseResult parsed) =>
        parsed.Tokens.FirstOrDefault(
            token => token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal))?.Value;

    // The parser names .NET types.
    private static string Message(ParseError error) =>
        error.SymbolResult is OptionResult { Tokens: [var token, ..] } result && error.Message.Contains("System.", StringComparison.Ordinal)
            ? $"{result.Option.Name}: '{token.Value}' is not allowed; "
                + $"allowed: {(result.Option.ValueType == typeof(double) ? "a number" : "a whole number")}"
            : error.Message;
}
