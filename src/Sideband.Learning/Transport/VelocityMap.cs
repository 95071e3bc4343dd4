using Sideband.Learning.Densities;
using Sideband.Learning.Densities.FlowMatching;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Transport;

/// <summary>dx/dt = v(x, t, m) from t = 1 to t = 0.</summary>
internal sealed class VelocityMap(FlowMatchingMember member) : IEventMap
{
    public TransportKind Kind => TransportKind.FlowMatching;

    public int Masses => member.Masses;

    public IEventMapBlock NewBlock() => new Block(member);

    public void Save(BinaryWriter writer) => FlowMatchingFile.Write(writer, member);

    private sealed class Block(FlowMatchingMember member) : IEventMapBlock
    {
        private readonly OdeSolver _solver = new(IBlockMap.Rows, member.Dimensions);
        private readonly VelocityBlock _velocity = new(member.Networks, IBlockMap.Rows, withTrace: false);
        private readonly double[] _falling = [.. member.Grid.Reverse()];

        public void Map(Matrix x, ReadOnlySpan<float> masses)
        {
            _velocity.Start(masses);
            _solver.AlongGrid(_velocity, x, masses.Length / member.Masses, _falling);
        }
    }
}
