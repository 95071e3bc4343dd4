using System.Runtime.CompilerServices;
using System.Text;

namespace Sideband.Cli.Tests;

/// <summary>
/// What a call writes to the console, apart from what others write at the same time: the console of this process passes every text to the
/// call in whose flow of execution it was written.
/// </summary>
internal sealed class OwnOutput
{
    private static readonly AsyncLocal<OwnOutput?> Current = new();

    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    /// <summary>True where nobody watches this process: to a terminal the program writes in another way.</summary>
    public static bool IsCaught { get; } = Console.IsOutputRedirected && Console.IsErrorRedirected;

    /// <summary>Calls and takes what was written.</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static CliResult Of(Func<int> call, TimeSpan patience)
    {
        var own = new OwnOutput();
        var code = Task.Run(() =>
        {
            Current.Value = own;
            return call();
        });
        return code.Wait(patience)
            ? new CliResult(code.Result, own._output.ToString(), own._error.ToString())
            : throw new TimeoutException($"sideband did not end within {patience}");
    }

    // Before anything has asked for the console.
    [ModuleInitializer]
    internal static void Catch()
    {
        if (IsCaught)
        {
            // The tests ask for messages as users see them, whatever a developer has set.
            Environment.SetEnvironmentVariable("SIDEBAND_DEBUG", null);
            Console.SetOut(new Writer(Console.Out, own => own._output));
            Console.SetError(new Writer(Console.Error, own => own._error));
        }
    }

    private sealed class Writer(TextWriter others, Func<OwnOutput, StringBuilder> part) : TextWriter
    {
        public override Encoding Encoding => others.Encoding;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value)
        {
            if (Current.Value is not { } own)
            {
                others.Write(value);
                return;
            }

            var text = part(own);
            lock (text)
            {
                text.Append(value);
            }
        }

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void WriteLine(string? value) => Write(value + NewLine);

        public override void Flush() => others.Flush();
    }
}
