namespace Sideband.Inference.Counting;

/// <summary>
/// How far counts vary beyond Poisson counts because the same event is there several times. N rows that are k_j copies of each of some
/// independent events have the variance sum k_j^2 = F N, a compound Poisson count, with F = sum k_j^2/sum k_j = 1 + 2 (pairs of copies)/N.
/// </summary>
/// <param name="Data">F of the events that N_obs counts, at least 1.</param>
/// <param name="Template">F of the events that N_BT,pass counts, at least 1; 1 where they are drawn.</param>
public readonly record struct CountRepetition(double Data, double Template)
{
    /// <summary>Every event once.</summary>
    public static CountRepetition None => new(1, 1);
}
