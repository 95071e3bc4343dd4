using System.CommandLine;
using Sideband.Events;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband completion</c>: the script with which a shell completes commands, options and values.</summary>
internal static class CompletionCommand
{
    // The program itself knows what can follow; the shell hands it the line up to the cursor and completes file names where it knows
    // nothing.
    private const string Bash = """
        _sideband() {
            local line="sideband ${COMP_LINE:0:COMP_POINT}"
            line="sideband ${line#sideband * }"
            local words
            words="$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)"
            mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")
        }
        complete -o default -F _sideband sideband
        complete -o default -F _sideband ./sideband
        """;

    private const string Zsh = """
        #compdef sideband
        _sideband() {
            local line="sideband ${LBUFFER#* }"
            local -a found
            found=("${(@f)$("${(Q)words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
            found=(${found:#})
            if (( ${#found} )); then compadd -- $found; fi
            _files
        }
        if [ "$funcstack[1]" = _sideband ]; then _sideband "$@"; else compdef _sideband sideband ./sideband; fi
        """;

    public static Command Create()
    {
        var command = new Command("completion", "Write the script with which bash or zsh completes commands, options and values.")
            .WithExamples(
                "Example: sideband completion bash",
                "To use it: add   eval \"$(sideband completion bash)\"   to ~/.bashrc, "
                + "or   eval \"$(sideband completion zsh)\"   to ~/.zshrc behind compinit.");
        var shell = new Argument<string>("SHELL") { Description = "bash or zsh" };
        shell.CompletionSources.Add("bash", "zsh");
        command.Arguments.Add(shell);
        command.Options.Add(SharedOptions.Quiet());
        command.SetAction(int (ParseResult parsed) =>
        {
            Console.Out.WriteLine(parsed.GetValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                var other => throw new ConfigurationException($"completion: '{other}' is not allowed; allowed: bash, zsh"),
            });
            return CommandHost.Done;
        });
        return command;
    }
}
