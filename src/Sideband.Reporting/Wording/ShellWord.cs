namespace Sideband.Reporting.Wording;

/// <summary>Words of a command line that a message shows, so that they can be typed as they stand.</summary>
public static class ShellWord
{
    /// <summary>The text, between quotation marks where a shell would read it otherwise.</summary>
    public static string Of(string text) =>
        text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-+=:@%,".Contains(letter, StringComparison.Ordinal))
            ? text
            : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
