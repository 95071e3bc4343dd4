namespace Sideband.Templates.Stages;

/// <summary>
/// All that a stage may read: what stands here is in the keys of its units, and what does not cannot be read. Seed, window, run and
/// sample belong to every unit's name and are not listed.
/// </summary>
/// <param name="Roles">Inputs whose events are read.</param>
/// <param name="Options">Types of option records.</param>
/// <param name="Stages">Names of stages of the same window and run whose products are read.</param>
public sealed record StageReads(IReadOnlyList<InputRole> Roles, IReadOnlyList<Type> Options, IReadOnlyList<string> Stages)
{
    public static StageReads Nothing { get; } = new([], [], []);

    /// <summary>The searched sample.</summary>
    public static StageReads Searched { get; } = new([InputRole.Searched], [], []);

    public StageReads And(params IReadOnlyList<InputRole> roles) => this with { Roles = [.. Roles.Union(roles)] };

    public StageReads Option<T>() => this with { Options = [.. Options.Union([typeof(T)])] };

    public StageReads Stage(string name) => this with { Stages = [.. Stages.Union([name])] };

    /// <summary>All that either reads.</summary>
    public StageReads With(StageReads other) =>
        new([.. Roles.Union(other.Roles)], [.. Options.Union(other.Options)], [.. Stages.Union(other.Stages)]);
}
