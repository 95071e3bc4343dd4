using System.Globalization;

namespace Sideband.Reporting.Figures;

/// <summary>Words of the figures.</summary>
internal static class Labels
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private const string Subscripts = "₀₁₂₃₄₅₆₇₈₉";

    /// <summary>Digits below the line.</summary>
    public static string Subscript(string digits) => string.Concat(digits.Select(digit => Subscripts[digit - '0']));

    /// <summary>A working point, as the axes of efficiencies have it: ε_B = 10⁻³, ε_B = 5×10⁻⁴.</summary>
    public static string WorkingPoint(double epsilon)
    {
        // To 1e-9, 10^-3 is 10^-3 whatever its last bit is.
        var exponent = (int)Math.Floor(Math.Log10(epsilon) + 1e-9);
        var factor = (epsilon / Math.Pow(10, exponent)).ToString("0.####", CultureInfo.InvariantCulture);
        var power = string.Concat((-exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']));
        return $"ε_B = {(factor == "1" ? "" : factor + "×")}10⁻{power}";
    }

    /// <summary>An estimate of delta_sys.</summary>
    public static string Estimate(string name) => name switch
    {
        "mc" => "Monte Carlo",
        "sideband" => "sideband",
        "mc+sideband" => "Monte Carlo (+) sideband",
        "strips" => "strips beside the windows",
        "mc+strips" => "Monte Carlo (+) strips",
        "halves" => "halves of the simulation",
        "strips,halves" => "the larger of strips and halves",
        "labels" => "truth (labels)",
        _ => name,
    };
}
