using Sideband.Learning.Densities;
using Sideband.Learning.Densities.Flows;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Transport;

/// <summary>
/// A transport T of coupling splines. The network is its inverse, which brings what was learned from under the base density; an event is
/// carried by the network's own inverse, exact up to rounding.
/// </summary>
internal sealed class SplineMap(FlowNetwork network) : IEventMap
{
    public TransportKind Kind => TransportKind.Spline;

    public int Masses => network.Shape.Masses;

    public IEventMapBlock NewBlock() => new Block(network);

    public void Save(BinaryWriter writer)
    {
        network.Shape.Write(writer);
        DensityFile.Write(writer, network.Parameters);
    }

    public static SplineMap Load(BinaryReader reader, int masses)
    {
        var network = FlowNetwork.Create(FlowShape.Read(reader, DensityKind.Spline) with { Masses = masses });
        network.Restore(DensityFile.ReadSnapshot(reader, network.Parameters));
        return new SplineMap(network);
    }

    private sealed class Block : IEventMapBlock
    {
        private readonly FlowNetwork _network;
        private readonly FlowState[] _states;
        private readonly Matrix _context;
        private readonly Pass _pass;

        public Block(FlowNetwork network)
        {
            _network = network;
            _states = network.NewStates(IBlockMap.Rows);
            _context = new Matrix(IBlockMap.Rows, network.Shape.Masses);
            _pass = new Pass { Context = _context };
        }

        public void Map(Matrix x, ReadOnlySpan<float> masses)
        {
            var perRow = _network.Shape.Masses;
            _pass.Rows = masses.Length / perRow;
            for (var i = 0; i < _pass.Rows; i++)
            {
                masses.Slice(i * perRow, perRow).CopyTo(_context.RowSpan(i));
            }

            _network.Inverse(x, _states, _pass);
        }
    }
}
