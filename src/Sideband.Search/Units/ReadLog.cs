using System.Collections.Concurrent;
using Sideband.Templates;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>What a unit read, held against what its stage declares: nothing else can be read, and tests see that nothing less is.</summary>
/// <param name="stage">The stage's name, for the message.</param>
/// <param name="declared">All that may be read.</param>
internal sealed class ReadLog(string stage, StageReads declared)
{
    private readonly ConcurrentDictionary<object, bool> _read = new();

    /// <summary>Roles, option types and stage names.</summary>
    public IEnumerable<object> Read => _read.Keys;

    /// <exception cref="InvalidOperationException">The stage does not declare it: a fault of the program.</exception>
    public InputRole Take(InputRole role) => Allow(declared.Roles, role);

    /// <inheritdoc cref="Take(InputRole)"/>
    public Type Take(Type option) => Allow(declared.Options, option);

    /// <inheritdoc cref="Take(InputRole)"/>
    public string Take(string need) => Allow(declared.Stages, need);

    /// <summary>An empty log of the same stage.</summary>
    public ReadLog Fresh() => new(stage, declared);

    /// <summary>Adds what was read for several units at once.</summary>
    public void Add(IEnumerable<object> read)
    {
        foreach (var thing in read)
        {
            _read[thing] = true;
        }
    }

    private T Allow<T>(IReadOnlyList<T> allowed, T thing)
        where T : class
    {
        if (!allowed.Contains(thing))
        {
            throw new InvalidOperationException($"stage {stage} reads {thing} without declaring it");
        }

        _read[thing] = true;
        return thing;
    }
}
