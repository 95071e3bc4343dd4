using System.Diagnostics;
using System.Globalization;

namespace Sideband.Cli.Tests;

/// <summary>Signals to other processes, by the shell's own command: the program of that name is not on every machine.</summary>
internal static class Signals
{
    /// <param name="name">TERM, KILL, ...</param>
    /// <param name="process">Its number; nothing happens where it has ended.</param>
    public static void Send(string name, int process)
    {
        using var shell = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{name} {process}")]);
        shell.WaitForExit();
    }

    /// <param name="name">TERM, KILL, ...</param>
    /// <param name="file">In which a daemon wrote its number.</param>
    public static void Send(string name, string file) => Send(name, int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));
}
