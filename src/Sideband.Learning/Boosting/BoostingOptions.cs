using System.Text.Json.Serialization;

namespace Sideband.Learning.Boosting;

/// <summary>Which trees of a training are kept.</summary>
public enum KeepIterations
{
    /// <summary>The trees up to the iteration with the lowest validation loss.</summary>
    Best,

    /// <summary>All trees, with the <see cref="BoostingOptions.Patience"/> that brought no improvement, as scikit-learn does.</summary>
    Last,
}

/// <summary>
/// Options of gradient-boosted trees with log-loss. Names in scikit-learn's HistGradientBoostingClassifier are in brackets; the
/// defaults are those of the code published for arXiv:2411.00085.
/// </summary>
public sealed record BoostingOptions
{
    /// <summary>Factor on every leaf value [learning_rate]; in (0, 1].</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Leaves of a tree [max_leaf_nodes]; 2 to 32, so that a set of leaves is one 32-bit word.</summary>
    public int MaxLeaves { get; init; } = 31;

    /// <summary>Training rows in a leaf, at least [min_samples_leaf]; from 1.</summary>
    public int MinEventsPerLeaf { get; init; } = 20;

    /// <summary>Bins of a feature, without the bin of missing values [max_bins]; 2 to 255.</summary>
    public int MaxBins { get; init; } = 255;

    /// <summary>Trees, at most [max_iter]; from 1.</summary>
    public int MaxIterations { get; init; } = 200;

    /// <summary>L2 regularisation of the leaf values [l2_regularization]; from 0, in units of the summed hessian (mean weight 1).</summary>
    public double L2 { get; init; }

    /// <summary>Iterations without improvement of the validation loss after which training stops [n_iter_no_change]; from 1.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Decrease of the validation loss that counts as an improvement [tol]; from 0.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>Fraction of the rows of each class that an ensemble's member validates on [validation_fraction]; in (0, 1).</summary>
    public double ValidationFraction { get; init; } = 0.5;

    /// <summary>Which trees are kept after early stopping.</summary>
    public KeepIterations Keep { get; init; } = KeepIterations.Best;

    /// <summary>
    /// Trees kept with <see cref="KeepIterations.Best"/> even where the best iteration is earlier (as many as were grown, at most);
    /// from 0. Where the classes hardly differ the best number of trees is 0, and an ensemble of such members gives all events one score.
    /// </summary>
    public int FewestTrees { get; init; }

    /// <summary>
    /// Give both classes the same summed weight, counting training and validation rows: |w| is multiplied by n/(2 W_c) with
    /// W_c = sum of |w| of class c (without weights [class_weight='balanced']). If false by n/(W_0 + W_1): the mean weight is 1 either way.
    /// </summary>
    public bool BalancedClassWeights { get; init; } = true;

    /// <summary>
    /// Features that each member of an ensemble draws without replacement and sees, from 1 to their number (attribute bagging,
    /// arXiv:2604.20965); null: all. Not written where it is null, so that options without it have the text that they always had.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FeaturesPerMember { get; init; }

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names it, its value and what is allowed.</exception>
    public void Validate()
    {
        Require(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "above 0 and at most 1");
        Require(MaxLeaves is >= 2 and <= 32, nameof(MaxLeaves), MaxLeaves, "2 to 32");
        Require(MinEventsPerLeaf >= 1, nameof(MinEventsPerLeaf), MinEventsPerLeaf, "at least 1");
        Require(MaxBins is >= 2 and <= 255, nameof(MaxBins), MaxBins, "2 to 255");
        Require(MaxIterations >= 1, nameof(MaxIterations), MaxIterations, "at least 1");
        Require(L2 >= 0 && double.IsFinite(L2), nameof(L2), L2, "finite and at least 0");
        Require(Patience >= 1, nameof(Patience), Patience, "at least 1");
        Require(Tolerance >= 0 && double.IsFinite(Tolerance), nameof(Tolerance), Tolerance, "finite and at least 0");
        Require(ValidationFraction is > 0 and < 1, nameof(ValidationFraction), ValidationFraction, "between 0 and 1, both excluded");
        Require(FewestTrees >= 0, nameof(FewestTrees), FewestTrees, "at least 0");
        Require(FeaturesPerMember is null or >= 1, nameof(FeaturesPerMember), FeaturesPerMember ?? 0, "at least 1, or none for all");
        Require(Enum.IsDefined(Keep), nameof(Keep), (int)Keep, "Best or Last");
    }

    private static void Require(bool holds, string option, double value, string allowed) =>
        OptionRange.Require("boosting", holds, option, value, allowed);
}
