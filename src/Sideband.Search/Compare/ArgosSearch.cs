using Sideband.Inference;
using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;
using Sideband.Numerics;

namespace Sideband.Search.Compare;

/// <summary>
/// The largest ARGOS of one training over cuts, which need no label: each fold's threshold at one efficiency, as counts have it. A cut that
/// does not separate is none.
/// </summary>
internal static class ArgosSearch
{
    private const int Points = 101;
    private const double LogTenThousand = 9.210340371976184;

    /// <returns>ARGOS and eps_BT at the cut where it is largest.</returns>
    public static (Measured Value, Measured Efficiency) Of(TrainingScores training)
    {
        if (training.Failure is { } failure)
        {
            return (Measured.Undefined(failure), Measured.Undefined(failure));
        }

        var folds = training.Run.Folds;
        ScoreDistribution[] data = [.. folds.Select(fold => fold.InRegion.Distribution(backgroundOnly: false))];
        ScoreDistribution[] templates =
        [
            .. folds.Select(fold => new ScoreDistribution(fold.Product.TemplateScores, fold.Product.TemplateWeights)),
        ];
        var all = Sum(data.Select(scores => scores.Total)).SumWeights;
        (double Value, double Efficiency)? best = null;
        var inseparable = false;
        for (var i = 1; i < Points; i++)
        {
            var asked = PortableMath.Exp(-LogTenThousand * i / (Points - 1));
            Threshold[] cuts = [.. templates.Select(template => Threshold.At(asked, template))];
            if (cuts.Any(cut => cut.Failure is not null))
            {
                break;
            }

            if (cuts.Any(cut => cut.SeparatesNothing))
            {
                inseparable = true;
                continue;
            }

            var (passing, template) = (Sum(cuts.Select(cut => cut.TemplatePassing)), Sum(cuts.Select(cut => cut.Template)));
            if (passing.Events < SignalComparison.FewestPassing || !(passing.SumWeights > 0))
            {
                break;
            }

            var efficiency = passing.SumWeights / template.SumWeights;
            var value = Argos.Of(Sum(cuts.Select((cut, fold) => data[fold].Passing(cut.Score))).SumWeights / all, efficiency);
            best = best is null || value > best.Value.Value ? (value, efficiency) : best;
        }

        var reason = inseparable ? Threshold.NoSeparation : $"nowhere do at least {SignalComparison.FewestPassing} template events pass";
        return best is { } found
            ? (Measured.Of(found.Value), Measured.Of(found.Efficiency))
            : (Measured.Undefined(reason), Measured.Undefined(reason));
    }

    private static EventCount Sum(IEnumerable<EventCount> counts)
    {
        var sum = default(EventCount);
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
