using Sideband.Events;
using Sideband.Templates;

namespace Sideband.Search.Systematics;

/// <summary>The setting <c>systematics</c>: the name of an estimate, or one number per working point.</summary>
/// <param name="Name">An estimate's name, "fixed" where numbers are given, or "method": what the method needs.</param>
/// <param name="Fixed">delta_sys per working point where numbers are given, else empty.</param>
public sealed record SystematicsChoice(string Name, IReadOnlyList<double> Fixed)
{
    private const string Method = "method";

    public static SystematicsChoice Default { get; } = new(Method, []);

    /// <summary>True where what the method needs is asked for.</summary>
    public bool IsMethods => Name == Method;

    /// <exception cref="ConfigurationException">Another form.</exception>
    public static SystematicsChoice Parse(string text)
    {
        if (text == Method || ShiftEstimates.Names.Contains(text))
        {
            return new(text, []);
        }

        var allowed = $"{string.Join(", ", ShiftEstimates.Names)}, or one number above -1 per working point";

        // Names that would each be allowed alone.
        return text.Split(',', '+').Any(part => ShiftEstimates.Names.Contains(part.Trim()))
            ? throw new ConfigurationException($"systematics: '{text}' is not allowed; allowed: {allowed}")
            : new(GivenEstimate.Fixed, NumberList.Parse("systematics", text, value => value > -1, allowed));
    }

    public override string ToString() => Fixed.Count > 0 ? NumberList.Format(Fixed) : Name;
}
