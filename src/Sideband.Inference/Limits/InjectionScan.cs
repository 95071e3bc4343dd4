namespace Sideband.Inference.Limits;

/// <summary>
/// An injection scan in one window at one working point: strengths 0 = s_0 &lt; s_1 &lt; ..., several redraws each. The selection's
/// efficiency depends on how much signal there is to learn from, so one training at one strength gives no limit.
/// </summary>
/// <param name="Strengths">Ascending, the first 0, at least two.</param>
public sealed record InjectionScan(IReadOnlyList<InjectionStrength> Strengths)
{
    /// <summary>Strengths where a redraw failed.</summary>
    public IReadOnlyList<InjectionStrength> Marked => [.. Strengths.Where(strength => strength.IsMarked)];

    /// <exception cref="ArgumentException">Strengths that do not ascend from 0.</exception>
    public static InjectionScan Of(IReadOnlyList<InjectionStrength> strengths)
    {
        if (strengths.Count < 2 || strengths[0].Strength != 0)
        {
            throw new ArgumentException("An injection scan has strength 0 and at least one more.", nameof(strengths));
        }

        for (var i = 1; i < strengths.Count; i++)
        {
            if (!(double.IsFinite(strengths[i].Strength) && strengths[i].Strength > strengths[i - 1].Strength))
            {
                throw new ArgumentException(
                    $"Strengths must ascend: {strengths[i].Strength} follows {strengths[i - 1].Strength}.", nameof(strengths));
            }
        }

        return new InjectionScan(strengths);
    }

    /// <summary>Without one redraw: it stands for the data of another search then.</summary>
    internal InjectionScan Without(int strength, int draw) =>
        new([.. Strengths.Select((entry, i) => i == strength ? entry.Without(draw) : entry)]);
}
