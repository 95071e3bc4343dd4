using System.Diagnostics;

namespace Sideband.Cli.Tests;

/// <summary>The completion scripts, run by the shells that they are for.</summary>
public class CompletionTests
{
    [Theory]
    [InlineData("./sideband re", "report")]
    [InlineData("sideband scan --meth", "--method")]
    [InlineData("sideband scan --data x.csv --method ", "cwola")]
    [InlineData("sideband scan --features baseline+", "baseline+delta_r")]
    [InlineData("sideband scan --missing ", "drop keep")]
    [InlineData("sideband scan --systematics ", "mc sideband mc+sideband labels none")]
    [InlineData("sideband completion z", "zsh")]
    public void Bash_completes(string line, string expected)
    {
        Need("bash");
        var words = line.Split(' ');
        var quoted = string.Join(' ', words.Select(word => $"'{word}'"));
        var script = $"""
            eval "$(sideband completion bash)"
            COMP_LINE='{line}'; COMP_POINT={line.Length}; COMP_WORDS=({quoted}); COMP_CWORD={words.Length - 1}
            COMP_WORDS[0]=sideband
            _sideband
            echo "${"{COMPREPLY[*]}"}"
            """;
        var found = Run("bash", script).Split(' ', StringSplitOptions.TrimEntries);
        expected.Split(' ').ShouldBeSubsetOf(found);
    }

    [Fact]
    public void Zsh_completes()
    {
        Need("zsh");

        // Outside its line editor zsh has no compadd: a function stands for it and prints what would be offered.
        const string script = """
            compdef() { :; }; compadd() { shift; print -r -- $@; }; _files() { :; }
            eval "$(sideband completion zsh)"
            LBUFFER='sideband scan --method '; words=(sideband scan --method '')
            _sideband
            """;
        Run("zsh", script).ShouldContain("cwola feta ideal");
    }

    [Fact]
    public void Another_shell_is_refused() =>
        Cli.Refuse(2, "completion", "fish").ShouldBe("completion: 'fish' is not allowed; allowed: bash, zsh");

    private static void Need(string shell) => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, shell))),
        $"no {shell} on this machine");

    private static string Run(string shell, string script)
    {
        var start = new ProcessStartInfo(shell)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-s");
        using var process = Process.Start(start)!;
        process.StandardInput.Write(
            $"sideband() {{ dotnet '{Cli.Program}' \"$@\"; }}\n{script}\n");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.StandardError.ReadToEnd().ShouldBeEmpty();
        process.WaitForExit();
        return output;
    }
}
