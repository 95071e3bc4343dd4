using Sideband.Learning.Networks;

namespace Sideband.Learning.Transport;

/// <summary>Options of the training of a transport by flow matching.</summary>
public sealed record TransportOptions
{
    private const double MostPasses = 8;

    /// <summary>Passes over the target events, at most, of <see cref="FewEvents"/> and more; 1 to 10,000.</summary>
    public int Epochs { get; init; } = 8;

    /// <summary>
    /// N target events, if fewer than this, are passed over FewEvents/N times as often, at most eight times; 0 (never) to 100,000,000.
    /// </summary>
    public int FewEvents { get; init; } = 400_000;

    /// <summary>Pairs of a training step; 8 to 65,536.</summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>Learning rate at the beginning, which falls to zero as a half cosine; above 0 and at most 1.</summary>
    public double LearningRate { get; init; } = 5e-3;

    /// <summary>Residual blocks; 1 to 64.</summary>
    public int Blocks { get; init; } = 4;

    /// <summary>Units of each hidden layer; 8 to 1,024.</summary>
    public int HiddenWidth { get; init; } = 64;

    /// <summary>Frequencies k pi t, k = 1, 2, ..., by whose sine and cosine the network sees the time; 1 to 32.</summary>
    public int TimeFrequencies { get; init; } = 3;

    /// <summary>Fraction of the target events, drawn at random, on which the validation loss is measured; in (0, 1).</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Error of the solver that is allowed in a transport, root mean square in standardised units; 1e-8 to 0.1.</summary>
    public double SolverTolerance { get; init; } = 1e-3;

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names it, its value and what is allowed.</exception>
    public void Validate()
    {
        Require(Epochs is >= 1 and <= 10_000, nameof(Epochs), Epochs, "1 to 10000");
        Require(FewEvents is >= 0 and <= 100_000_000, nameof(FewEvents), FewEvents, "0 to 100000000");
        Require(BatchSize is >= 8 and <= 65_536, nameof(BatchSize), BatchSize, "8 to 65536");
        Require(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "above 0 and at most 1");
        Require(Blocks is >= 1 and <= 64, nameof(Blocks), Blocks, "1 to 64");
        Require(HiddenWidth is >= 8 and <= 1024, nameof(HiddenWidth), HiddenWidth, "8 to 1024");
        Require(TimeFrequencies is >= 1 and <= 32, nameof(TimeFrequencies), TimeFrequencies, "1 to 32");
        Require(ValidationFraction is > 0 and < 1, nameof(ValidationFraction), ValidationFraction, "between 0 and 1, both excluded");
        Require(SolverTolerance is >= 1e-8 and <= 0.1, nameof(SolverTolerance), SolverTolerance, "1e-8 to 0.1");
    }

    /// <summary>Passes over this many target events.</summary>
    public int EpochsOf(double events) => (int)Math.Round(Epochs * Math.Clamp(FewEvents / Math.Max(1, events), 1, MostPasses));

    /// <summary>
    /// The last epoch is the transport: the squared error of the velocity is no likelihood, and it may be lowest by chance in an earlier
    /// epoch, whose transport is farther off (docs/development/performance-densities.md).
    /// </summary>
    internal TrainingSettings ToSettings(int events) => new()
    {
        Epochs = EpochsOf(events),
        BatchSize = BatchSize,
        Optimiser = OptimiserKind.Muon,
        LearningRate = LearningRate,
        Schedule = LearningRateSchedule.Cosine,
        GradientClip = 1,
        KeepsLastEpoch = true,
    };

    private static void Require(bool holds, string option, double value, string allowed) =>
        OptionRange.Require("transport", holds, option, value, allowed);
}
