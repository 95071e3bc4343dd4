namespace Sideband.Search.Compare;

/// <summary>What is drawn of one window beside the numbers of <see cref="Results.ComparedWindowResult"/>.</summary>
/// <param name="Window">Its number.</param>
/// <param name="Sic">Significance improvements, two curves a method.</param>
/// <param name="Scatter">Scores of single events.</param>
public sealed record ComparisonCurves(int Window, IReadOnlyList<SicCurve> Sic, IReadOnlyList<ScatterPoint> Scatter);

/// <summary>eps_S/sqrt(eps_B) of a method.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Against"><see cref="AgainstSignal"/> or <see cref="AgainstRejection"/>.</param>
/// <param name="Points">Where at least 25 background events pass.</param>
public sealed record SicCurve(string Method, string Against, IReadOnlyList<BandPoint> Points)
{
    public const string AgainstSignal = "signal efficiency", AgainstRejection = "rejection";
}

/// <summary>Median and central 68 % over trainings at one place.</summary>
public sealed record BandPoint(double X, double Low, double Median, double High);

/// <summary>Log-odds of two methods' mean scores of one event, standardised over the events of its class.</summary>
public sealed record ScatterPoint(string Class, string First, string Second, double X, double Y);
