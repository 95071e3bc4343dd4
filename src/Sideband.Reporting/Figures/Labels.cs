using System.Globalization;

namespace Sideband.Reporting.Figures;

/// <summary>Words of the figures.</summary>
internal static class Labels
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>A working point: ε_B = 10⁻³.</summary>
    public static string WorkingPoint(double epsilon)
    {
        var exponent = (int)Math.Round(Math.Log10(epsilon));
        var powerOfTen = exponent < 0 && Math.Abs((epsilon / Math.Pow(10, exponent)) - 1) < 1e-9;
        return "ε_B = " + (powerOfTen
            ? "10⁻" + string.Concat((-exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']))
            : epsilon.ToString(epsilon >= 0.001 ? "0.#####" : "0.####e-0", CultureInfo.InvariantCulture));
    }

    /// <summary>An estimate of delta_sys.</summary>
    public static string Estimate(string name) => name switch
    {
        "mc" => "Monte Carlo",
        "sideband" => "sideband",
        "mc+sideband" => "Monte Carlo (+) sideband",
        "labels" => "truth (labels)",
        _ => name,
    };
}
