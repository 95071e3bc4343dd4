using System.Text.Json.Serialization;
using Sideband.Events;
using Sideband.Inference.Calibration;
using Sideband.Search.Plan;
using Sideband.Templates;

namespace Sideband.Search.Experiments;

/// <summary>Experiments without signal that were asked for, to make p-values of.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Experiments">Their number, at least 1; 0 for <see cref="HalfSplit"/>.</param>
/// <param name="StopAfter">
/// They end with as many that reach the largest S observed, at least 1; null: all are made.
/// </param>
public sealed record CalibrationRequest(string Kind, int Experiments, int? StopAfter = null)
{
    /// <summary>Labels of data and template are exchanged, window by window.</summary>
    public const string WithinWindows = "permutation_within_windows";

    /// <summary>Feature vectors are exchanged between all masses.</summary>
    public const string OverAllWindows = "permutation_over_all_windows";

    /// <summary>No experiments: classifiers of one half are applied to the other.</summary>
    public const string HalfSplit = "half_split_both_ways";

    /// <summary>Background events drawn from the Monte Carlo go through the whole chain.</summary>
    public const string FromMonteCarlo = "pseudo_experiments_mc";

    /// <summary>Background events of the built-in simulator go through the whole chain.</summary>
    public const string FromSimulator = "pseudo_experiments_simulator";

    /// <summary>Background events drawn from a density of the data go through the whole chain.</summary>
    public const string FromDensity = "pseudo_experiments_density";

    /// <summary>Fewer experiments than this reach no p-value that anyone would quote.</summary>
    public const int FewestExperiments = 19;

    public static IReadOnlyList<string> Kinds { get; } =
        [WithinWindows, OverAllWindows, HalfSplit, FromMonteCarlo, FromSimulator, FromDensity];

    /// <summary>Masses that the density of <see cref="FromDensity"/> is learned without; null for other kinds.</summary>
    public MassInterval? Without { get; init; }

    /// <summary>True where experiments keep the masses of what passes, so that fits of the spectrum are calibrated, too.</summary>
    public bool Spectra { get; init; }

    /// <summary>The kind of permutations that suits a method: over all windows where this needs no density.</summary>
    public static string DefaultPermutation(ITemplateMethod method) =>
        method.Stages.Count == 0 && new PermutedFeatures().Refuse(method) is null ? OverAllWindows : WithinWindows;

    /// <summary>How p-values are made of the experiments.</summary>
    [JsonIgnore]
    public PValueKind PValueKind => Kind switch
    {
        HalfSplit => PValueKind.HalfSplitBothWays,
        WithinWindows or OverAllWindows => PValueKind.Permutation,
        _ => PValueKind.PseudoExperiments,
    };

    /// <summary>Refuses spectra where there are none.</summary>
    /// <exception cref="ConfigurationException">Says for which experiments or methods there are.</exception>
    public void Check(ITemplateMethod method)
    {
        if (Spectra && Kind is WithinWindows or HalfSplit)
        {
            throw new ConfigurationException(
                "--spectra: permutations within windows and the half-split have no spectrum beside the window; "
                + "give --over all, or --experiments with --from");
        }

        if (Spectra && !method.Traits.ScoresAtEveryMass)
        {
            throw new ConfigurationException(
                $"--spectra: method {method.Name} has no score outside of its window, so there is no spectrum to fit");
        }
    }

    /// <summary>
    /// Why experiments that were begun otherwise cannot go on with this; null where they can. p = h/L of an early stop is one where h and
    /// the largest number of experiments are fixed before the first of them: added, changed or dropped after a look it is the choice of a
    /// number.
    /// </summary>
    /// <param name="begun">The request of the same kind that experiments are there of.</param>
    public string? RefuseAfter(CalibrationRequest begun) =>
        StopAfter != begun.StopAfter
            ? $"its experiments of this kind were begun {begun.Stopping}, and a p-value of an early stop needs that fixed beforehand; "
                + $"repeat the command {begun.Stopping}, or search in another folder"
        : StopAfter is not null && Experiments > begun.Experiments
            ? $"its experiments of this kind were begun as at most {begun.Experiments} {begun.Stopping}, and a p-value of an early stop "
                + "needs both fixed beforehand; search in another folder for more"
        : null;

    private string Stopping => StopAfter is { } exceedances ? $"with --stop-after {exceedances}" : "without --stop-after";

    /// <summary>The experiments, by number from 1.</summary>
    /// <param name="search">The search.</param>
    /// <exception cref="ConfigurationException">Inputs that such experiments cannot be made of.</exception>
    public IReadOnlyList<Experiment> Planned(SearchPlan search)
    {
        var inputs = search.Inputs;
        CopyExchange Exchange() => CopyBlocks.Of(search.RepetitionOf(InputRole.Data));
        ExperimentSource source = Kind switch
        {
            WithinWindows => new PermutedLabels { Exchange = Exchange() },
            OverAllWindows => new PermutedFeatures
            {
                Exchange = Exchange() == CopyExchange.Rows ? CopyExchange.Rows : CopyExchange.BlocksOfOneSize,
            },
            FromMonteCarlo => BackgroundSource.OfMonteCarlo(inputs),
            FromSimulator => BackgroundSource.OfSimulator(inputs),
            FromDensity => BackgroundSource.OfDensity(inputs, Without),
            _ => throw new ConfigurationException($"experiments: kind '{Kind}' is unknown; allowed: {string.Join(", ", Kinds)}"),
        };
        return [.. Enumerable.Range(1, Experiments).Select(number => new Experiment(number, source) { KeepsSpectra = Spectra })];
    }
}
