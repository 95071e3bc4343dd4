using System.Globalization;

namespace Sideband.Reporting.Terminal;

/// <summary>Numbers as a physicist reads them in a table; undefined ones are a dash.</summary>
internal static class Numbers
{
    public const string Undefined = "-";

    /// <summary>A background efficiency, as it is typed: 0.01, 0.001, 0.0001; below that 5e-5.</summary>
    public static string Efficiency(double value) =>
        value.ToString(value >= 0.99e-4 ? "0.#######" : "0.###e-0", CultureInfo.InvariantCulture);

    /// <summary>A count: whole from 100 on, else one decimal.</summary>
    public static string Count(double? value) =>
        value is { } number ? number.ToString(Math.Abs(number) >= 100 ? "N0" : "0.0", CultureInfo.InvariantCulture) : Undefined;

    public static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of any size: whole from a thousand to a billion, else four digits.</summary>
    public static string Short(double value) =>
        value.ToString(Math.Abs(value) is >= 1000 and < 1e9 ? "N0" : "G4", CultureInfo.InvariantCulture);

    /// <summary>A significance with its sign and, for several runs, its spread.</summary>
    public static string Significance(double? mean, double? std) =>
        mean is not { } value ? Undefined
        : std is { } spread ? string.Create(CultureInfo.InvariantCulture, $"{Signed(value, "0.0")}±{spread:0.0}")
        : Signed(value, "0.0");

    /// <summary>A relative number such as delta_sys.</summary>
    public static string Relative(double? value) => value is not { } number ? Undefined : number == 0 ? "0" : Signed(number, "0.000");

    /// <summary>A number with its sign, also where it rounds to 0 (a format with sections would write -0.04 as "-+0.0").</summary>
    public static string Signed(double value, string format) =>
        (value < 0 ? "-" : "+") + Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);

    public static string Mass(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>A time in the two units that matter.</summary>
    public static string Time(double seconds)
    {
        var (whole, minutes) = ((long)Math.Round(seconds), (long)Math.Round(seconds / 60));
        return whole < 60 ? string.Create(CultureInfo.InvariantCulture, $"{whole} s")
            : whole < 3600 ? string.Create(CultureInfo.InvariantCulture, $"{whole / 60} min {whole % 60:00} s")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} h {minutes % 60:00} min");
    }
}
