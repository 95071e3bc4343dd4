using Sideband.Events;
using Sideband.Templates;

namespace Sideband.Search.Settings;

/// <summary>How sigma_sys follows from delta_sys.</summary>
public enum SigmaSystematicSource
{
    /// <summary>sigma_sys = |delta_sys| (arXiv:2411.00085).</summary>
    Paper,

    /// <summary>With the spread of delta_sys over the windows (CONVENTIONS.md).</summary>
    Spread,

    /// <summary>Numbers given by the user, one a working point.</summary>
    Fixed,
}

/// <summary>The setting <c>sigma_sys</c>: paper, spread, or one number per working point.</summary>
public sealed record SigmaSystematicChoice(SigmaSystematicSource Source, IReadOnlyList<double> Fixed)
{
    public static SigmaSystematicChoice Paper { get; } = new(SigmaSystematicSource.Paper, []);

    public static SigmaSystematicChoice Spread { get; } = new(SigmaSystematicSource.Spread, []);

    /// <exception cref="ConfigurationException">Another form.</exception>
    public static SigmaSystematicChoice Parse(string text) => text switch
    {
        "paper" => Paper,
        "spread" => Spread,
        _ => new(SigmaSystematicSource.Fixed, NumberList.Parse(
            "sigma_sys", text, value => value >= 0, "paper, spread, or one number of at least 0 per working point")),
    };

    public override string ToString() => Source switch
    {
        SigmaSystematicSource.Paper => "paper",
        SigmaSystematicSource.Spread => "spread",
        _ => NumberList.Format(Fixed),
    };
}
