using Sideband.Learning.Densities;
using Sideband.Learning.Networks;

namespace Sideband.Learning.Transport;

/// <summary>
/// Options of the training of a transport. The defaults of the record are those of <see cref="TransportKind.FlowMatching"/>;
/// <see cref="Recommended"/> gives those of each kind.
/// </summary>
public sealed record TransportOptions
{
    // More passes would learn some thousand events by heart.
    private const double MostPasses = 8;

    // Fewer events than this are passed in smaller batches, so that there are enough steps.
    private const double FullBatches = 80_000;
    private const int SmallestBatch = 128;

    public TransportKind Kind { get; init; }

    /// <summary>Passes over the target events, at most, of <see cref="FewEvents"/> and more; 1 to 10,000.</summary>
    public int Epochs { get; init; } = 8;

    /// <summary>
    /// N target events, if fewer than this, are passed over FewEvents/N times as often, at most eight times; 0 (never) to 100,000,000.
    /// </summary>
    public int FewEvents { get; init; } = 400_000;

    /// <summary>
    /// Pairs, or target events, of a training step; 8 to 65,536. Flow matching of N target events, fewer than 80,000, has batches of
    /// BatchSize N/80,000, but of no fewer than 128 (or BatchSize, if it is smaller).
    /// </summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>Learning rate at the beginning, which falls to zero as a half cosine; above 0 and at most 1.</summary>
    public double LearningRate { get; init; } = 5e-3;

    /// <summary>Decoupled weight decay of AdamW (arXiv:1711.05101), per unit of learning rate; 0 to 1.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Residual blocks, or coupling splines; 1 to 64.</summary>
    public int Blocks { get; init; } = 4;

    /// <summary>Units of each hidden layer; 8 to 1,024.</summary>
    public int HiddenWidth { get; init; } = 64;

    /// <summary>Flow matching: frequencies k pi t, k = 1, 2, ..., by whose sine and cosine the network sees the time; 1 to 32.</summary>
    public int TimeFrequencies { get; init; } = 3;

    /// <summary>Fraction of the target events, drawn at random, on which the validation loss is measured; in (0, 1).</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>
    /// Flow matching: error of the solver that is allowed in a transport, root mean square in standardised units; 1e-8 to 0.1.
    /// </summary>
    public double SolverTolerance { get; init; } = 1e-3;

    /// <summary>Splines: bins of a spline; 2 to 32.</summary>
    public int SplineBins { get; init; } = 10;

    /// <summary>
    /// Splines: how the density of the sources is learned, a MAF or splines, whose density has a gradient with respect to the features in
    /// closed form; of its epochs the one of lowest validation loss counts. Flow matching has none.
    /// </summary>
    public DensityOptions? Base { get; init; }

    /// <summary>The options that are recommended for a kind (docs/development/performance-densities.md tells what was tried).</summary>
    public static TransportOptions Recommended(TransportKind kind) => kind switch
    {
        TransportKind.Spline => new TransportOptions
        {
            Kind = TransportKind.Spline,
            Epochs = 12,
            FewEvents = 120_000,
            BatchSize = 512,
            LearningRate = 1e-3,
            WeightDecay = 1e-5,
            Blocks = 8,
            HiddenWidth = 32,
            Base = DensityOptions.Recommended(DensityKind.Spline) with { Epochs = 12, FewEvents = 250_000 },
        },
        _ => new TransportOptions(),
    };

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names it, its value and what is allowed.</exception>
    public void Validate()
    {
        Require(Enum.IsDefined(Kind), nameof(Kind), (int)Kind, "FlowMatching or Spline");
        Require(Epochs is >= 1 and <= 10_000, nameof(Epochs), Epochs, "1 to 10000");
        Require(FewEvents is >= 0 and <= 100_000_000, nameof(FewEvents), FewEvents, "0 to 100000000");
        Require(BatchSize is >= 8 and <= 65_536, nameof(BatchSize), BatchSize, "8 to 65536");
        Require(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "above 0 and at most 1");
        Require(WeightDecay is >= 0 and <= 1, nameof(WeightDecay), WeightDecay, "0 to 1");
        Require(Blocks is >= 1 and <= 64, nameof(Blocks), Blocks, "1 to 64");
        Require(HiddenWidth is >= 8 and <= 1024, nameof(HiddenWidth), HiddenWidth, "8 to 1024");
        Require(TimeFrequencies is >= 1 and <= 32, nameof(TimeFrequencies), TimeFrequencies, "1 to 32");
        Require(ValidationFraction is > 0 and < 1, nameof(ValidationFraction), ValidationFraction, "between 0 and 1, both excluded");
        Require(SolverTolerance is >= 1e-8 and <= 0.1, nameof(SolverTolerance), SolverTolerance, "1e-8 to 0.1");
        Require(SplineBins is >= 2 and <= 32, nameof(SplineBins), SplineBins, "2 to 32");
        if (Kind == TransportKind.Spline)
        {
            if (Base is null or { Kind: not (DensityKind.Maf or DensityKind.Spline) })
            {
                throw new ArgumentException($"transport option Base is {Base?.Kind.ToString() ?? "null"}; allowed: Maf or Spline");
            }

            Base.Validate();
        }
    }

    /// <summary>Passes over this many target events.</summary>
    public int EpochsOf(double events) => (int)Math.Round(Epochs * Math.Clamp(FewEvents / Math.Max(1, events), 1, MostPasses));

    /// <summary>Pairs, or target events, of a training step on this many target events.</summary>
    public int BatchSizeOf(int events) => Kind == TransportKind.Spline
        ? BatchSize
        : Math.Clamp((int)(BatchSize * (events / FullBatches)), Math.Min(SmallestBatch, BatchSize), BatchSize);

    /// <summary>
    /// Splines keep the epoch of lowest validation loss, which is a likelihood. Of flow matching the last epoch is the transport: the
    /// squared error of the velocity is no likelihood, and it may be lowest by chance in an earlier epoch, whose transport is farther off
    /// (docs/development/performance-densities.md).
    /// </summary>
    internal TrainingSettings ToSettings(int events) => new()
    {
        Epochs = EpochsOf(events),
        BatchSize = BatchSizeOf(events),
        Optimiser = Kind == TransportKind.Spline ? OptimiserKind.Adam : OptimiserKind.Muon,
        LearningRate = LearningRate,
        Schedule = LearningRateSchedule.Cosine,
        WeightDecay = WeightDecay,
        GradientClip = 1,
        KeepsLastEpoch = Kind == TransportKind.FlowMatching,
    };

    private static void Require(bool holds, string option, double value, string allowed) =>
        OptionRange.Require("transport", holds, option, value, allowed);
}
