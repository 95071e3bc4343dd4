using Sideband.Events;

namespace Sideband.Search.Settings;

/// <summary>Where delta_sys comes from.</summary>
public enum SystematicsSource
{
    /// <summary>What the method needs.</summary>
    Method,

    /// <summary>The whole chain on pseudo-data.</summary>
    MonteCarlo,

    /// <summary>A template drawn in the sidebands against the sidebands' data.</summary>
    Sideband,

    /// <summary>Both of these, in quadrature.</summary>
    MonteCarloAndSideband,

    /// <summary>The data's own events of label 0.</summary>
    Labels,

    /// <summary>Statistical errors only.</summary>
    None,

    /// <summary>Numbers given by the user, one a working point.</summary>
    Fixed,
}

/// <summary>The setting <c>systematics</c>: mc, sideband, mc+sideband, labels, none, or one number per working point.</summary>
/// <param name="Source">Where delta_sys comes from.</param>
/// <param name="Fixed">delta_sys per working point where <paramref name="Source"/> is <see cref="SystematicsSource.Fixed"/>, else empty.</param>
public sealed record SystematicsChoice(SystematicsSource Source, IReadOnlyList<double> Fixed)
{
    public static SystematicsChoice Default { get; } = new(SystematicsSource.Method, []);

    /// <exception cref="ConfigurationException">Another form.</exception>
    public static SystematicsChoice Parse(string text) => text switch
    {
        "method" => Default,
        "mc" => new(SystematicsSource.MonteCarlo, []),
        "labels" => new(SystematicsSource.Labels, []),
        "none" => new(SystematicsSource.None, []),
        "sideband" => new(SystematicsSource.Sideband, []),
        "mc+sideband" => new(SystematicsSource.MonteCarloAndSideband, []),
        _ => new(SystematicsSource.Fixed, NumberList.Parse(
            "systematics", text, value => value > -1, "mc, sideband, mc+sideband, labels, none, or one number above -1 per working point")),
    };

    public override string ToString() => Source switch
    {
        SystematicsSource.Method => "method",
        SystematicsSource.MonteCarlo => "mc",
        SystematicsSource.Sideband => "sideband",
        SystematicsSource.MonteCarloAndSideband => "mc+sideband",
        SystematicsSource.Labels => "labels",
        SystematicsSource.None => "none",
        _ => NumberList.Format(Fixed),
    };
}
