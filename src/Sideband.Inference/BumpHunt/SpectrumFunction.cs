using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>A function of x = m/sqrt(s) that a spectrum's logarithm is linear in.</summary>
public enum SpectrumTerm
{
    /// <summary>ln(1 - x).</summary>
    LogOfRest,

    /// <summary>-ln x.</summary>
    MinusLog,

    /// <summary>-ln^2 x.</summary>
    MinusLogSquared,

    /// <summary>-ln^3 x.</summary>
    MinusLogCubed,

    /// <summary>-x.</summary>
    MinusX,

    /// <summary>-x^2.</summary>
    MinusXSquared,
}

/// <summary>
/// A falling spectrum exp(sum_k p_k term_k(x)), x = m/sqrt(s). At fixed sqrt(s) it is an exponential family: the unbinned likelihood is
/// convex in the parameters and the events enter it only by the sums of the terms (<see cref="SpectrumSums"/>).
/// </summary>
/// <param name="Name">For tables and results.</param>
/// <param name="Formula">As it is usually written.</param>
/// <param name="Terms">One a parameter, in the parameters' order; <see cref="SpectrumTerm.MinusLog"/> is among them.</param>
public sealed record SpectrumFunction(string Name, string Formula, IReadOnlyList<SpectrumTerm> Terms)
{
    /// <summary>Number of different terms of all functions.</summary>
    internal const int AllTerms = 6;

    private static readonly SpectrumFunction[] DijetFunctions =
    [
        new("dijet 2", "(1-x)^p1 / x^p2", [SpectrumTerm.LogOfRest, SpectrumTerm.MinusLog]),
        new("dijet 3", "(1-x)^p1 / x^(p2 + p3 ln x)", [SpectrumTerm.LogOfRest, SpectrumTerm.MinusLog, SpectrumTerm.MinusLogSquared]),
        new(
            "dijet 4",
            "(1-x)^p1 / x^(p2 + p3 ln x + p4 ln^2 x)",
            [SpectrumTerm.LogOfRest, SpectrumTerm.MinusLog, SpectrumTerm.MinusLogSquared, SpectrumTerm.MinusLogCubed]),
        new(
            "dijet 5",
            "(1-x)^p1 exp(-p5 x) / x^(p2 + p3 ln x + p4 ln^2 x)",
            [SpectrumTerm.LogOfRest, SpectrumTerm.MinusLog, SpectrumTerm.MinusLogSquared, SpectrumTerm.MinusLogCubed, SpectrumTerm.MinusX]),
    ];

    /// <summary>The dijet function with the fewest, and with the most parameters.</summary>
    public const int FewestParameters = 2, MostParameters = 5;

    /// <summary>Functions of another form, for the bias test: what a truth outside of the dijet family may look like.</summary>
    public static IReadOnlyList<SpectrumFunction> Alternatives { get; } =
    [
        new("exponential", "exp(-p1 x) / x^(p2 + p3 ln x)", [SpectrumTerm.MinusX, SpectrumTerm.MinusLog, SpectrumTerm.MinusLogSquared]),
        new("quadratic", "x^-p1 exp(-p2 x - p3 x^2)", [SpectrumTerm.MinusLog, SpectrumTerm.MinusX, SpectrumTerm.MinusXSquared]),
    ];

    /// <summary>Number of shape parameters; the normalisation is not one.</summary>
    public int Parameters => Terms.Count;

    /// <summary>The dijet function of that many parameters.</summary>
    /// <param name="parameters">2 to 5.</param>
    public static SpectrumFunction Dijet(int parameters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters, FewestParameters);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parameters, MostParameters);
        return DijetFunctions[parameters - FewestParameters];
    }

    /// <summary>All terms at x in (0, 1), in the order of <see cref="SpectrumTerm"/>.</summary>
    internal static void AllTermsAt(double x, Span<double> terms)
    {
        var log = PortableMath.Log(x);
        terms[(int)SpectrumTerm.LogOfRest] = PortableMath.Log1P(-x);
        terms[(int)SpectrumTerm.MinusLog] = -log;
        terms[(int)SpectrumTerm.MinusLogSquared] = -log * log;
        terms[(int)SpectrumTerm.MinusLogCubed] = -log * log * log;
        terms[(int)SpectrumTerm.MinusX] = -x;
        terms[(int)SpectrumTerm.MinusXSquared] = -x * x;
    }

    public override string ToString() => Name;
}
