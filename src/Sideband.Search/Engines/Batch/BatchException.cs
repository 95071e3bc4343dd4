using Sideband.Events;

namespace Sideband.Search.Engines.Batch;

/// <summary>A batch system did not do what it was given (exit code 3).</summary>
public sealed class BatchException(string message, Exception? inner = null) : SidebandException(message, inner)
{
    public override int ExitCode => 3;
}
