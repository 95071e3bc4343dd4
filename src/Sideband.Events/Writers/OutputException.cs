namespace Sideband.Events.Writers;

/// <summary>A file cannot be written: no space, no permission, no such folder (exit code 3, as for a file that cannot be read).</summary>
public sealed class OutputException(string message, Exception? inner = null) : SidebandException(message, inner)
{
    public override int ExitCode => 3;
}
