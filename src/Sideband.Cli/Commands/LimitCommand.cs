using System.CommandLine;
using System.Globalization;
using Sideband.Cli.Jobs;
using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Runs;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband limit</c>: upper limits from a search's and its injections' results.</summary>
internal static class LimitCommand
{
    public static Command Create()
    {
        var command = new Command("limit", "Upper limits on the signal of an injection scan, with expected bands and coverage.")
            .WithExamples("Example: sideband limit runs/first --luminosity 139");
        var directory = SharedOptions.RunDirectory();
        var luminosity = new Option<string?>("--luminosity")
        {
            HelpName = "L",
            Description = "Integrated luminosity in 1/fb, for cross-sections",
        };
        var confidence = new Option<string?>("--confidence") { HelpName = "CL", Description = "Confidence level [default: 0.95]" };
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directory);
        command.Options.Add(luminosity);
        command.Options.Add(confidence);
        command.Options.Add(quiet);
        command.SetAction(Task<int> (ParseResult parsed, CancellationToken cancellation) =>
        {
            var root = parsed.GetValue(directory)!;
            var request = new LimitRequest(
                Number("--confidence", parsed.GetValue(confidence), value => value is > 0 and < 1, "a number in (0, 1)")
                    ?? LimitRequest.Default.Confidence,
                Number("--luminosity", parsed.GetValue(luminosity), value => value > 0, "a number above 0, in 1/fb"));
            var session = new SearchSession(root, RunDirectory.Open(root).Settings, parsed.GetValue(quiet), DateTimeOffset.UtcNow);
            return Task.Run(() => new LimitJob(session).Run(request, cancellation), CancellationToken.None);
        });
        return command;
    }

    private static double? Number(string option, string? text, Func<double, bool> allowed, string words) =>
        text is null ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && allowed(value)
            ? value
        : throw new ConfigurationException($"{option}: '{text}' is not allowed; allowed: {words}");
}
