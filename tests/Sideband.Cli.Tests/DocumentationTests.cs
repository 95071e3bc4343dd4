using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Sideband.Cli.Tests;

/// <summary>
/// The commands and snippets of README and docs/ work as they are written, but for their size: every sh block is run in order in a
/// folder of its own, with fewer events and classifiers, and every python block behind it.
/// </summary>
public sealed partial class DocumentationTests : IDisposable
{
    private const string LhcOlympics = "../shared/data";
    private const string FewEvents = "20000";

    private static readonly (string Option, string Value)[] SmallSearch = [("--members", "1"), ("--folds", "2"), ("--runs", "1")];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/first-search.md")]
    [InlineData("docs/lhc-olympics.md")]
    [InlineData("docs/your-own-table.md")]
    [InlineData("docs/report.md")]
    [InlineData("docs/file-formats.md")]
    [InlineData("docs/scoring.md")]
    [InlineData("docs/comparing.md")]
    [InlineData("docs/real-analysis.md")]
    [InlineData("docs/calibration.md")]
    [InlineData("docs/limits.md")]
    [InlineData("docs/batch-systems.md")]
    [InlineData("docs/python.md")]
    [InlineData("docs/other-tools.md")]
    public void Commands_and_snippets_run(string document)
    {
        var text = File.ReadAllText(Repository.PathOf(document));
        var needsData = text.Contains(".features.h5", StringComparison.Ordinal);
        var data = Repository.PathOf(LhcOlympics);
        if (needsData && Directory.Exists(data))
        {
            foreach (var file in Directory.GetFiles(data, "*.h5"))
            {
                File.CreateSymbolicLink(_folder.PathOf(Path.GetFileName(file)), file);
            }
        }

        var blocks = Blocks().Matches(text);
        foreach (Match block in blocks)
        {
            var (language, content) = (block.Groups[1].Value, block.Groups[2].Value);
            if (content.Contains(".features.h5", StringComparison.Ordinal) || content.Contains("runs/olympics", StringComparison.Ordinal))
            {
                Assert.SkipUnless(Directory.Exists(data), $"{document}: the LHC Olympics files are not in {LhcOlympics}");
            }

            if (language == "python")
            {
                foreach (var module in new[] { "numpy", "pandas", "matplotlib" }.Where(content.Contains).Append("numpy"))
                {
                    Assert.SkipUnless(Python.Has(module), $"{document}: python3 with {module} is not there");
                }

                var (code, output) = Python.Run(_folder.Root, "-c", content);
                code.ShouldBe(0, $"{document}\n{content}\n{output}");
                continue;
            }

            var commands = content.Replace("\\\n", " ", StringComparison.Ordinal);
            foreach (var command in commands.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                Run(command);
            }
        }

        blocks.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Options_that_are_shown_exist()
    {
        var help = new Dictionary<string, string>();
        foreach (var document in Documents())
        {
            foreach (Match shown in Shown().Matches(File.ReadAllText(document)))
            {
                var command = shown.Groups[1].Value;
                if (!help.TryGetValue(command, out var known))
                {
                    help[command] = known = Cli.Succeed(command, "--help").Output;
                }

                foreach (Match option in Option().Matches(shown.Groups[2].Value))
                {
                    known.ShouldContain(option.Value + " ", Case.Sensitive, $"{document}: sideband {command} has no {option.Value}");
                }
            }
        }

        help.Count.ShouldBeGreaterThan(4);
    }

    [Theory]
    [InlineData("scan")]
    [InlineData("work")]
    [InlineData("collect")]
    [InlineData("status")]
    [InlineData("calibrate")]
    [InlineData("fit")]
    [InlineData("export")]
    [InlineData("verify")]
    [InlineData("inject")]
    [InlineData("limit")]
    [InlineData("score")]
    [InlineData("compare")]
    [InlineData("report")]
    [InlineData("simulate")]
    [InlineData("inspect")]
    [InlineData("doctor")]
    [InlineData("completion")]
    public void Every_option_is_documented(string command)
    {
        var section = File.ReadAllText(Repository.PathOf("docs/options.md")).Split("\n## sideband ").Skip(1)
            .Single(part => part.Split('\n')[0].Split(", ").Contains(command));
        var names = HelpOption().Matches(Cli.Succeed(command, "--help").Output).Select(option => option.Groups[1].Value);
        foreach (var name in names.Where(name => name != "--help"))
        {
            Regex.IsMatch(section, $@"[`\[]{name}\b").ShouldBeTrue($"docs/options.md has no {name} of {command}");
        }
    }

    [Fact]
    public void Links_lead_somewhere()
    {
        foreach (var document in Documents())
        {
            foreach (Match link in Links().Matches(File.ReadAllText(document)))
            {
                var target = Path.Combine(Path.GetDirectoryName(document)!, link.Groups[1].Value.Split('#')[0]);
                (File.Exists(target) || Directory.Exists(target)).ShouldBeTrue($"{document}: {link.Groups[1].Value}");
            }
        }
    }

    private static IEnumerable<string> Documents() =>
        Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "TEMPLATE.md")
            .Concat([Repository.PathOf("README.md"), Repository.PathOf("CONTRIBUTING.md"), Repository.PathOf("validation/README.md")]);

    private void Run(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["./test"]:
                return;
            case ["./sideband", .. var arguments]:
                var result = Cli.RunProcess(Small(arguments), null, _folder.Root);
                result.ExitCode.ShouldBe(0, $"{command}\n{result.Error}");
                return;
            default:
                Succeed("bash", ["-c", command], command);
                return;
        }
    }

    private void Succeed(string program, string[] arguments, string what)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = _folder.Root,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{what}\n{error}");
    }

    // The same command with fewer events, rows and classifiers.
    private static string[] Small(string[] arguments)
    {
        List<string> small = [.. arguments.Select(word => WholeFile().Replace(word, "$1[0:60000]"))];
        if (arguments[0] == "inspect")
        {
            return arguments;
        }

        if (small.IndexOf("--events") is >= 0 and var events)
        {
            small[events + 1] = FewEvents;
        }

        var isSearch = arguments[0] == "scan" && !arguments.Any(word => word.EndsWith(".yaml", StringComparison.Ordinal));
        foreach (var (option, value) in isSearch ? SmallSearch : [])
        {
            if (small.IndexOf(option) is >= 0 and var place)
            {
                small.RemoveRange(place, 2);
            }

            small.AddRange(option, value);
        }

        return [.. small];
    }

    [GeneratedRegex("^```(sh|python)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(
        @"sideband (scan|plan|work|collect|score|compare|report|simulate|inspect|doctor|completion|man)((?: +(?:\\\n)? *[^\s`\\]+)*)")]
    private static partial Regex Shown();

    [GeneratedRegex("^ +(?:-., )*(--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex HelpOption();

    [GeneratedRegex("(?<= )--[a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex(@"\]\((?!https?:)([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^(qcd_\w+\.features\.h5)(?!\[)(?=$|,)")]
    private static partial Regex WholeFile();
}
