namespace Sideband.Inference.Metrics;

/// <summary>
/// ARGOS (arXiv:2511.14832): eps_SR/sqrt(eps_BT) - sqrt(eps_BT), from the fractions of data and of template that pass a cut. With a right
/// template and a fraction f of signal it is f (SIC - sqrt(eps_B)), so that settings and methods are compared on data alone; without signal
/// it is 0 but for fluctuations, whatever the cut. A template that is wrong moves it, too.
/// </summary>
public static class Argos
{
    /// <param name="data">eps_SR, at least 0.</param>
    /// <param name="template">eps_BT, above 0.</param>
    public static double Of(double data, double template) => (data / Math.Sqrt(template)) - Math.Sqrt(template);
}
