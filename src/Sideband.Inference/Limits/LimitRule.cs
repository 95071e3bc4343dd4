namespace Sideband.Inference.Limits;

/// <summary>A way from an injection scan and an observed count to an upper limit on the strength.</summary>
public abstract record LimitRule
{
    private protected LimitRule()
    {
    }

    /// <summary>The limit: CLs averaged over the redraws (<see cref="ClsRule"/>).</summary>
    public static LimitRule Cls { get; } = new ClsRule();

    /// <summary>For comparison: where the mean yield reaches N_excl (<see cref="RootRule"/>).</summary>
    public static LimitRule Root { get; } = new RootRule();

    /// <summary>For comparison: the rule that CMS published (<see cref="PublishedRule"/>).</summary>
    public static LimitRule Published { get; } = new PublishedRule();

    /// <summary>A check: counting experiments (<see cref="NeymanRule"/>).</summary>
    public static LimitRule Neyman { get; } = new NeymanRule();

    /// <summary>Name in results and reports.</summary>
    public abstract string Name { get; }

    /// <summary>The upper limit.</summary>
    /// <param name="scan">Redraws in the same window at the same working point.</param>
    /// <param name="observed">What the search counts there.</param>
    /// <param name="confidence">Confidence level, in (0, 1); 0.95 by custom.</param>
    public StrengthLimit Of(InjectionScan scan, PassingCount observed, double confidence = 0.95)
    {
        if (!(confidence is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence level lies in (0, 1).");
        }

        return observed.Failure is { } failure ? StrengthLimit.Undefined(failure) : Compute(scan, observed, confidence);
    }

    private protected abstract StrengthLimit Compute(InjectionScan scan, PassingCount observed, double confidence);
}
