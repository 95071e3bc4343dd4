using Sideband.Numerics;

namespace Sideband.Learning;

/// <summary>Streams by name below a stream that was handed over.</summary>
internal sealed class NamedStreams(ulong seed)
{
    public RandomStream this[string name] => RandomStream.For(seed, name);

    public NamedStreams Below(string name) => new(this[name].NextUInt64());
}
