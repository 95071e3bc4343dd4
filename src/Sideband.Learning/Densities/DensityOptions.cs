using Sideband.Learning.Networks;

namespace Sideband.Learning.Densities;

/// <summary>The family of a conditional density.</summary>
public enum DensityKind
{
    /// <summary>Conditional flow matching (Lipman et al., arXiv:2210.02747): a velocity field, integrated by an ODE solver.</summary>
    FlowMatching,

    /// <summary>Masked autoregressive flow (Papamakarios et al., arXiv:1705.07057), affine.</summary>
    Maf,

    /// <summary>Monotone rational-quadratic splines (Durkan et al., arXiv:1906.04032), autoregressive or coupling.</summary>
    Spline,
}

/// <summary>
/// Options of the training of a conditional density. The defaults of the record are those of <see cref="DensityKind.FlowMatching"/>;
/// <see cref="Recommended"/> gives those of each kind.
/// </summary>
public sealed record DensityOptions
{
    /// <summary>See <see cref="FewEvents"/>.</summary>
    private const double MostPasses = 8;

    /// <summary>Events of a step, at least, where few events make the steps smaller.</summary>
    private const int LeastBatch = 64;

    public DensityKind Kind { get; init; } = DensityKind.FlowMatching;

    /// <summary>Passes over the training events, at most, of <see cref="FewEvents"/> and more; 1 to 10,000.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>
    /// N training events, if fewer than this, are passed over FewEvents/N times as often, at most eight times,
    /// because they make too few steps otherwise; of fewer than an eighth a step has fewer events, 64 at least, for the same reason
    /// (<see cref="BatchOf"/>); 0 (never) to 100,000,000.
    /// </summary>
    public int FewEvents { get; init; } = 400_000;

    /// <summary>Events of a training step; 8 to 65,536.</summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>
    /// What makes the training steps; Muon steps the matrices between hidden units of flow matching alone, other kinds have none.
    /// </summary>
    public OptimiserKind Optimiser { get; init; } = OptimiserKind.Muon;

    /// <summary>Learning rate of the optimiser at the beginning; above 0 and at most 1.</summary>
    public double LearningRate { get; init; } = 5e-3;

    /// <summary>How the learning rate falls.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>Decoupled weight decay of AdamW (arXiv:1711.05101), per unit of learning rate; 0 to 1.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Largest Euclidean norm of a step's gradient, to which a longer one is scaled; 0: as it is.</summary>
    public double GradientClip { get; init; } = 1;

    /// <summary>Residual blocks (flow matching), autoregressive blocks (MAF), spline transforms; 1 to 64.</summary>
    public int Blocks { get; init; } = 8;

    /// <summary>Units of each hidden layer; 8 to 1,024.</summary>
    public int HiddenWidth { get; init; } = 64;

    /// <summary>Flow matching: frequencies k pi t, k = 1, 2, ..., by whose sine and cosine the network sees the time; 1 to 32.</summary>
    public int TimeFrequencies { get; init; } = 3;

    /// <summary>Fraction of the events, drawn at random, on which the validation loss is measured; in (0, 1).</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Epochs without a lower validation loss after which training stops; 0: never.</summary>
    public int Patience { get; init; }

    /// <summary>
    /// Epochs of lowest validation loss that are kept; each makes an equal part of the samples; 1 to 100. Where it is one, flow
    /// matching whose learning rate falls to zero keeps the last: its loss is no likelihood.
    /// </summary>
    public int PooledEpochs { get; init; } = 1;

    /// <summary>
    /// Flow matching: networks, at most, that few events train apart, with other random streams; the mean of their velocities is the
    /// density's (<see cref="TrainingsOf"/>); 1 to 32.
    /// </summary>
    public int Trainings { get; init; } = 4;

    /// <summary>Flow matching: error of the solver that is allowed in a step, in standardised units; 1e-8 to 0.1.</summary>
    public double SolverTolerance { get; init; } = 1e-3;

    /// <summary>Splines: bins of a spline; 2 to 32. FETA (arXiv:2212.11285) has 10.</summary>
    public int SplineBins { get; init; } = 10;

    /// <summary>
    /// Splines: coupling transforms, which sample as fast as they evaluate, rather than autoregressive ones, which describe more. Of one
    /// feature there is nothing to couple: it depends on the mass alone.
    /// </summary>
    public bool SplineCoupling { get; init; }

    /// <summary>The options that are recommended for a kind (docs/development/performance-densities.md tells what was tried).</summary>
    public static DensityOptions Recommended(DensityKind kind) => kind switch
    {
        // CATHODE's own (arXiv:2109.00546): 15 blocks, Adam 1e-4, batch 256, 100 epochs, the ten best.
        DensityKind.Maf => new DensityOptions
        {
            Kind = DensityKind.Maf,
            Optimiser = OptimiserKind.Adam,
            Epochs = 100,
            FewEvents = 0,
            BatchSize = 256,
            LearningRate = 1e-4,
            Schedule = LearningRateSchedule.Constant,
            GradientClip = 0,
            Blocks = 15,
            HiddenWidth = 128,
            PooledEpochs = 10,
        },
        DensityKind.Spline => new DensityOptions
        {
            Kind = DensityKind.Spline,
            Optimiser = OptimiserKind.Adam,
            Epochs = 80,
            FewEvents = 0,
            BatchSize = 512,
            LearningRate = 1e-3,
            Blocks = 6,
            HiddenWidth = 64,
        },
        _ => new DensityOptions(),
    };

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names it, its value and what is allowed.</exception>
    public void Validate()
    {
        Require(Enum.IsDefined(Kind), nameof(Kind), (int)Kind, "FlowMatching, Maf or Spline");
        Require(Epochs is >= 1 and <= 10_000, nameof(Epochs), Epochs, "1 to 10000");
        Require(FewEvents is >= 0 and <= 100_000_000, nameof(FewEvents), FewEvents, "0 to 100000000");
        Require(BatchSize is >= 8 and <= 65_536, nameof(BatchSize), BatchSize, "8 to 65536");
        Require(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "above 0 and at most 1");
        Require(Enum.IsDefined(Optimiser), nameof(Optimiser), (int)Optimiser, "Adam or Muon");
        Require(Enum.IsDefined(Schedule), nameof(Schedule), (int)Schedule, "Constant, Cosine or Plateau");
        Require(WeightDecay is >= 0 and <= 1, nameof(WeightDecay), WeightDecay, "0 to 1");
        Require(GradientClip >= 0 && double.IsFinite(GradientClip), nameof(GradientClip), GradientClip, "finite and at least 0");
        Require(Blocks is >= 1 and <= 64, nameof(Blocks), Blocks, "1 to 64");
        Require(HiddenWidth is >= 8 and <= 1024, nameof(HiddenWidth), HiddenWidth, "8 to 1024");
        Require(TimeFrequencies is >= 1 and <= 32, nameof(TimeFrequencies), TimeFrequencies, "1 to 32");
        Require(ValidationFraction is > 0 and < 1, nameof(ValidationFraction), ValidationFraction, "between 0 and 1, both excluded");
        Require(Patience >= 0, nameof(Patience), Patience, "at least 0");
        Require(PooledEpochs is >= 1 and <= 100, nameof(PooledEpochs), PooledEpochs, "1 to 100");
        Require(Trainings is >= 1 and <= 32, nameof(Trainings), Trainings, "1 to 32");
        Require(SolverTolerance is >= 1e-8 and <= 0.1, nameof(SolverTolerance), SolverTolerance, "1e-8 to 0.1");
        Require(SplineBins is >= 2 and <= 32, nameof(SplineBins), SplineBins, "2 to 32");
    }

    /// <summary>Passes over this many training events, at most.</summary>
    public int EpochsOf(double events) =>
        (int)Math.Round(Epochs * Math.Clamp(FewEvents / Math.Max(1, events), 1, MostPasses));

    /// <summary>Events of a training step of this many training events.</summary>
    public int BatchOf(double events) =>
        (int)Math.Round(Math.Clamp(BatchSize * MostPasses * events / Math.Max(1, FewEvents), Math.Min(LeastBatch, BatchSize), BatchSize));

    /// <summary>
    /// Networks that this many training events train: as many as take no longer, all together, than one of
    /// <see cref="FewEvents"/>. What their random streams add to the density's error falls with their number.
    /// </summary>
    public int TrainingsOf(double events) =>
        Kind == DensityKind.FlowMatching ? (int)Math.Clamp(FewEvents / (MostPasses * Math.Max(1, events)), 1, Trainings) : 1;

    internal TrainingSettings ToSettings(int events) => new()
    {
        Epochs = EpochsOf(events),
        BatchSize = BatchOf(events),
        Optimiser = Optimiser,
        LearningRate = LearningRate,
        Schedule = Schedule,
        WeightDecay = WeightDecay,
        GradientClip = GradientClip,
        Patience = Patience,
        PooledEpochs = PooledEpochs,
    };

    private static void Require(bool holds, string option, double value, string allowed) =>
        OptionRange.Require("density", holds, option, value, allowed);
}
