using System.Text;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Numerics;

namespace Sideband.Search.Runs;

/// <summary>
/// openings.log: a line for each time that a blind search was opened, with time, hash of the frozen settings, hash of what it was begun
/// with and command line. Each line begins with the hash of all before it, so that one that was changed, or taken out from between, is
/// noticed.
/// </summary>
public static class OpeningLog
{
    private const int HashLength = 2 * PortableSha256.HashSizeInBytes;

    /// <summary>Adds a line.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="time">When.</param>
    /// <param name="settings">Hash of the frozen settings.</param>
    /// <param name="commandLine">What opened it.</param>
    /// <exception cref="InputDataException">An earlier line was changed.</exception>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Append(RunDirectory directory, string time, string settings, string commandLine)
    {
        var before = Check(directory);
        var line = $"{HashOf(before)} {time} settings {settings} inputs {FileHash.Of(directory.InputsFile)} "
            + $"by {ShownText.Of(commandLine)}\n";
        AtomicFile.Write(directory.OpeningsFile, stream => stream.Write(Encoding.UTF8.GetBytes(before + line)));
    }

    /// <summary>The lines, whose chain must be whole; empty where the search was not opened.</summary>
    /// <exception cref="InputDataException">A line was changed or is gone, or the file cannot be read.</exception>
    public static string Check(RunDirectory directory)
    {
        if (!File.Exists(directory.OpeningsFile))
        {
            return File.Exists(directory.UnblindedFile)
                ? throw new InputDataException($"{directory.OpeningsFile}: gone, but the search was opened; put it back")
                : "";
        }

        var text = NamedFile.Text(directory.OpeningsFile);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) + 1;
            if (end <= start + HashLength || text[start..(start + HashLength)] != HashOf(text[..start]))
            {
                throw new InputDataException($"{directory.OpeningsFile}: a line was changed or is gone; put it back as it was");
            }

            start = end;
        }

        return text;
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(PortableSha256.HashData(Encoding.UTF8.GetBytes(text)));
}
