namespace Sideband.Inference.BumpHunt;

/// <summary>Result of a <see cref="BinnedModel"/> fit.</summary>
public sealed class BinnedFit
{
    internal BinnedFit(
        FitStatus status,
        double[] values,
        double deviance,
        double[] background,
        double[] expected,
        double[] covariance,
        double[] parameters)
    {
        (Status, Values, Deviance, Background, Expected) = (status, values, deviance, background, expected);
        (Covariance, Parameters) = (covariance, parameters);
    }

    public FitStatus Status { get; }

    /// <summary>
    /// -2 ln of the likelihood over that of the saturated model, plus the signal constraint's term: 2 sum_i (mu_i - n_i + n_i ln(n_i/mu_i))
    /// (Baker and Cousins' chi2). 0 where the fit failed: look at <see cref="Status"/> first.
    /// </summary>
    public double Deviance { get; }

    /// <summary>Fitted background of every bin; empty where the fit failed.</summary>
    public IReadOnlyList<double> Background { get; }

    /// <summary>Fitted background and signal of every bin; empty where the fit failed.</summary>
    public IReadOnlyList<double> Expected { get; }

    /// <summary>The function's parameters p; empty where the fit failed.</summary>
    public IReadOnlyList<double> Parameters { get; }

    /// <summary>Fitted signal-like events T, 0 for a model without a signal.</summary>
    public double Signal => Status.Converged && HasSignal ? Values[^1] : 0;

    /// <summary>Standard error of T, from the curvature of the likelihood at its maximum; 0 where T was held.</summary>
    public double SignalError => Status.Converged && HasSignal ? Math.Sqrt(Covariance[^1]) : 0;

    /// <summary>ln of the normalisation, whitened shape parameters, T if the model has a signal.</summary>
    internal double[] Values { get; }

    internal double[] Covariance { get; }

    private bool HasSignal => Values.Length > Parameters.Count + 1;
}
