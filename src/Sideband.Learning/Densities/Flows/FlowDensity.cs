using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Densities.Flows;

/// <summary>A density by a flow: ln p(x | m) = ln N(f(x; m); 0, 1) + ln |df/dx|, plus the Jacobian of the preprocessing.</summary>
internal sealed class FlowDensity(LogitStandardisation scaling, MassScaling massScaling, IReadOnlyList<FlowNetwork> members)
    : StandardisedDensity(scaling, massScaling, members.Count)
{
    protected override DensityKind Kind => members[0].Shape.Kind;

    public static FlowDensity Load(
        BinaryReader reader,
        DensityKind kind,
        LogitStandardisation scaling,
        MassScaling massScaling,
        int members)
    {
        var shape = FlowShape.Read(reader, kind);
        var networks = new FlowNetwork[members];
        for (var i = 0; i < members; i++)
        {
            networks[i] = FlowNetwork.Create(shape);
            networks[i].Restore(DensityFile.ReadSnapshot(reader, networks[i].Parameters));
        }

        return new FlowDensity(scaling, massScaling, networks);
    }

    protected override StandardisedDensity With(LogitStandardisation other, MassScaling otherMass) =>
        new FlowDensity(other, otherMass, members);

    protected override IBlockMap NewBlock(int member, bool withDensity) => new Block(members[member]);

    protected override void SaveMembers(BinaryWriter writer)
    {
        members[0].Shape.Write(writer);
        foreach (var member in members)
        {
            DensityFile.Write(writer, member.Parameters);
        }
    }

    private sealed class Block : IBlockMap
    {
        private readonly FlowNetwork _network;
        private readonly FlowState[] _states;
        private readonly Matrix _context = new(IBlockMap.Rows, 1);
        private readonly double[] _logJacobian = new double[IBlockMap.Rows];
        private readonly Pass _pass;

        public Block(FlowNetwork network)
        {
            _network = network;
            _states = network.NewStates(IBlockMap.Rows);
            _pass = new Pass { Context = _context };
        }

        public void ToLatent(Matrix x, ReadOnlySpan<float> mass, Span<double> logJacobian)
        {
            Start(mass);
            x.CopyFrom(_network.Forward(x, _states, _logJacobian, _pass), mass.Length);
            if (!logJacobian.IsEmpty)
            {
                _logJacobian.AsSpan(0, mass.Length).CopyTo(logJacobian);
            }
        }

        public void FromLatent(Matrix z, ReadOnlySpan<float> mass)
        {
            Start(mass);
            _network.Inverse(z, _states, _pass);
        }

        private void Start(ReadOnlySpan<float> mass)
        {
            _pass.Rows = mass.Length;
            for (var i = 0; i < mass.Length; i++)
            {
                _context.RowSpan(i)[0] = mass[i];
            }
        }
    }
}
