using System.Text.Json.Nodes;

namespace Sideband.Reporting.Tests.Exports;

/// <summary>
/// The likelihood of a workspace of one-bin channels, from its JSON alone, by its definition: Poisson counts nu = gamma b(alpha) + mu s,
/// Poisson constraints of gamma (auxiliary count tau = (b/error)^2), a Gaussian one of alpha. gamma is profiled by the root of a quadratic,
/// alpha and mu by golden sections.
/// </summary>
internal sealed class HistFactoryModel
{
    private const double LargestAlpha = 6;
    private readonly Channel[] _channels;

    public HistFactoryModel(JsonObject workspace)
    {
        var observed = workspace["observations"]!.AsArray().ToDictionary(entry => (string)entry!["name"]!, entry => Number(entry!["data"]));
        _channels = [.. workspace["channels"]!.AsArray().Select(channel =>
        {
            var samples = channel!["samples"]!.AsArray().ToDictionary(sample => (string)sample!["name"]!, sample => sample!);
            var background = Number(samples["background"]["data"]);
            double error = 0, hi = 1, slope = 0;
            foreach (var modifier in samples["background"]["modifiers"]!.AsArray())
            {
                var data = modifier!["data"]!;
                switch ((string)modifier["type"]!)
                {
                    case "shapesys": error = Number(data); break;
                    case "normsys": hi = (double)data["hi"]!; break;
                    default: slope = Number(data["hi_data"]) - background; break;
                }
            }

            return new Channel(
                observed[(string)channel["name"]!],
                background,
                Number(samples["signal"]["data"]),
                Math.Pow(background / error, 2),
                hi,
                slope);
        })];
    }

    /// <summary>p-value of no signal: asymptotic, q0.</summary>
    public double Significance()
    {
        var data = Observed();
        var best = BestMu(data);
        return best <= 0 ? 0 : Math.Sqrt(Math.Max(0, 2 * (Profile(0, data).Value - Profile(best, data).Value)));
    }

    /// <summary>CLs of a strength: q-tilde, asymptotic, Asimov data from the fit without signal.</summary>
    public double Cls(double mu)
    {
        var data = Observed();
        var none = Profile(0, data);
        Data asimov = new(
            [.. _channels.Select((channel, c) => none.Gamma[c] * channel.At(none.Alpha))],
            [.. _channels.Select((channel, c) => none.Gamma[c] * channel.Tau)],
            none.Alpha);
        return Inference.BumpHunt.UpperLimit.AsymptoticCls(Statistic(mu, data), Statistic(mu, asimov));
    }

    private double Statistic(double mu, Data data)
    {
        var best = BestMu(data);
        return best > mu ? 0 : Math.Max(0, 2 * (Profile(mu, data).Value - Profile(Math.Max(best, 0), data).Value));
    }

    private Data Observed() => new([.. _channels.Select(channel => channel.Observed)], [.. _channels.Select(channel => channel.Tau)], 0);

    private double BestMu(Data data) => Minimum(mu => Profile(mu, data).Value, 0, 20);

    private (double Value, double Alpha, double[] Gamma) Profile(double mu, Data data)
    {
        var alpha = _channels.Any(channel => channel.Shifts)
            ? Minimum(value => Value(mu, value, data).Value, -LargestAlpha, LargestAlpha)
            : 0;
        var (sum, gamma) = Value(mu, alpha, data);
        return (sum, alpha, gamma);
    }

    private (double Value, double[] Gamma) Value(double mu, double alpha, Data data)
    {
        var (sum, gammas) = (0.5 * (alpha - data.Alpha) * (alpha - data.Alpha), new double[_channels.Length]);
        for (var c = 0; c < _channels.Length; c++)
        {
            var (channel, n, auxiliary) = (_channels[c], data.Counts[c], data.Auxiliary[c]);
            var (b, s) = (channel.At(alpha), mu * channel.Signal);
            var (first, second) = ((b + channel.Tau) * b, ((b + channel.Tau) * s) - ((n + auxiliary) * b));
            var gamma = (-second + Math.Sqrt((second * second) + (4 * first * auxiliary * s))) / (2 * first);
            gammas[c] = gamma;
            sum += (gamma * b) + s - (n * Math.Log((gamma * b) + s)) + (gamma * channel.Tau) - (auxiliary * Math.Log(gamma));
        }

        return (sum, gammas);
    }

    private static double Minimum(Func<double, double> function, double low, double high)
    {
        var ratio = 0.5 * (Math.Sqrt(5) - 1);
        for (var step = 0; step < 60; step++)
        {
            var (a, b) = (high - (ratio * (high - low)), low + (ratio * (high - low)));
            (low, high) = function(a) < function(b) ? (low, b) : (a, high);
        }

        return 0.5 * (low + high);
    }

    private static double Number(JsonNode? list) => (double)list!.AsArray().ShouldHaveSingleItem()!;

    private sealed record Data(double[] Counts, double[] Auxiliary, double Alpha);

    private sealed record Channel(double Observed, double Background, double Signal, double Tau, double Hi, double Slope)
    {
        public bool Shifts => Hi != 1 || Slope != 0;

        public double At(double alpha) => Math.Max(1e-9, (Background * Math.Pow(Hi, alpha)) + (alpha * Slope));
    }
}
