namespace Sideband.Events;

/// <summary>
/// An error that the user can mend. Its message is one line that names the file, key or column, the value and what is allowed.
/// </summary>
public abstract class SidebandException : Exception
{
    protected SidebandException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>The exit code of the command line: 2 usage or configuration, 3 input data.</summary>
    public abstract int ExitCode { get; }
}

/// <summary>A wrong option, key or combination of settings (exit code 2).</summary>
public sealed class ConfigurationException(string message, Exception? inner = null) : SidebandException(message, inner)
{
    public override int ExitCode => 2;
}

/// <summary>A file or its content cannot be used (exit code 3).</summary>
public sealed class InputDataException(string message, Exception? inner = null) : SidebandException(message, inner)
{
    public override int ExitCode => 3;
}
