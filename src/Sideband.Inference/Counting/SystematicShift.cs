namespace Sideband.Inference.Counting;

/// <summary>
/// The relative systematic shift delta_sys of the background expectation at one working point (arXiv:2411.00085 eq. 5), with what the
/// rules for sigma_sys need to know about it.
/// </summary>
/// <param name="Mean">delta_sys: mean of delta_sys,n over the windows.</param>
/// <param name="Spread">
/// s: standard deviation (ddof 1) of delta_sys,n over the windows; undefined for fewer than <see cref="MinimumWindows"/> windows;
/// 0 for a shift that is given, not estimated.
/// </param>
/// <param name="Uncertainty">
/// Statistical uncertainty of <paramref name="Mean"/>: s / sqrt(number of independent windows), see <see cref="Window.IndependentCount"/>
/// (3 for the nine sliding windows). Undefined where s is.
/// </param>
/// <param name="ExcessVariance">
/// max(0, s^2 - s_stat^2): how far the windows differ beyond counting errors; s_stat^2 is the mean of the windows'
/// <see cref="WindowShift.StatisticalVariance"/>.
/// </param>
/// <param name="Windows">The windows that were averaged, also those without a value; empty for combined, given and zero shifts.</param>
public sealed record SystematicShift(
    Measured Mean,
    Measured Spread,
    Measured Uncertainty,
    Measured ExcessVariance,
    IReadOnlyList<WindowShift> Windows)
{
    /// <summary>Fewer windows say nothing about how windows differ.</summary>
    public const int MinimumWindows = 3;

    /// <summary>No shift: delta_sys = 0, exactly.</summary>
    public static SystematicShift Zero { get; } = Given(0);

    /// <summary>A number that the user vouches for.</summary>
    /// <param name="value">delta_sys, finite, above -1.</param>
    public static SystematicShift Fixed(double value) => double.IsFinite(value) && value > -1
        ? Given(value)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "delta_sys must be above -1.");

    /// <summary>Mean and spread over windows; windows without a value are left out.</summary>
    /// <param name="windows">One entry a window.</param>
    public static SystematicShift Over(IReadOnlyList<WindowShift> windows)
    {
        var defined = windows.Where(window => window.Shift.Mean.IsDefined && window.StatisticalVariance.IsDefined).ToList();
        if (windows.Count == 0)
        {
            var none = Measured.Undefined("no windows to estimate delta_sys in");
            return new SystematicShift(none, none, none, none, windows);
        }

        var shifts = RunStatistics.Of([.. windows.Select(window => window.Shift.Mean)]);
        var counting = RunStatistics.Of([.. windows.Select(window => window.StatisticalVariance)]).Mean;
        var spread = defined.Count >= MinimumWindows
            ? shifts.StandardDeviation
            : Measured.Undefined($"delta_sys is known in {defined.Count} windows; its spread needs at least {MinimumWindows}");
        var independent = Window.IndependentCount([.. defined.Select(window => window.Window)]);
        return new SystematicShift(
            shifts.Mean,
            spread,
            spread.Select(s => s / Math.Sqrt(independent)),
            spread.Then(s => counting.Select(variance => Math.Max(0, (s * s) - variance))),
            windows);
    }

    /// <summary>
    /// MC (+) sideband: sqrt(MC^2 + SB^2), never negative (arXiv:2411.00085, section 3.2). Spread, uncertainty and excess variance add in
    /// quadrature likewise; for the uncertainty that is an upper bound on linear error propagation.
    /// </summary>
    public static SystematicShift Combine(SystematicShift mc, SystematicShift sideband) => new(
        Quadrature(mc.Mean, sideband.Mean),
        Quadrature(mc.Spread, sideband.Spread),
        Quadrature(mc.Uncertainty, sideband.Uncertainty),
        mc.ExcessVariance.Then(a => sideband.ExcessVariance.Select(b => a + b)),
        []);

    /// <summary>The other one, where the larger of two estimates was taken; else null.</summary>
    public SystematicShift? Other { get; init; }

    /// <summary>
    /// The larger shift, by which N_exp is the larger and an excess the smaller: of two estimates of few events one is often below 0 by
    /// chance, and its size is no reason to expect less background. It knows the other one: a mean that is a little larger does not say
    /// that its windows differ as much, so sigma_sys takes the larger of both sizes and of both spreads, and a verdict looks at both. One
    /// that is undefined where one of them is.
    /// </summary>
    public static SystematicShift Larger(SystematicShift first, SystematicShift second) =>
        first.Mean.Value is not { } a ? first
        : second.Mean.Value is not { } b ? second
        : a >= b ? first with { Other = second } : second with { Other = first };

    /// <summary>|delta_sys|, the larger of two estimates.</summary>
    internal Measured Size => Other is { } other
        ? Mean.Then(own => other.Mean.Select(known => Math.Max(Math.Abs(own), Math.Abs(known))))
        : Mean.Select(Math.Abs);

    /// <summary>
    /// s^2/n_ind + max(0, s^2 - s_stat^2), the larger of two estimates: how far one window's shift may lie from the mean.
    /// </summary>
    internal Measured Variance
    {
        get
        {
            var own = Uncertainty.Then(error => ExcessVariance.Select(excess => (error * error) + excess));
            return Other is { } other ? own.Then(a => other.Variance.Select(b => Math.Max(a, b))) : own;
        }
    }

    private static SystematicShift Given(double value) =>
        new(Measured.Of(value), Measured.Of(0), Measured.Of(0), Measured.Of(0), []);

    private static Measured Quadrature(Measured left, Measured right) =>
        left.Then(a => right.Select(b => Math.Sqrt((a * a) + (b * b))));
}
