using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>
/// A density by flow matching: dx/dt = v(x, t, m) carries noise (t = 1) to data (t = 0), and
/// ln p(x0 | m) = ln N(x(1); 0, 1) + integral over t from 0 to 1 of tr(dv/dx), plus the Jacobian of the preprocessing.
/// </summary>
/// <remarks>
/// v may be the mean of several networks. Of several members (pooled epochs) each samples every n-th event and the density is their mean;
/// the latent map is that of the first, the one that was kept first. An event's result depends on itself and its number alone, not on the
/// others.
/// </remarks>
internal sealed class FlowMatchingDensity(LogitStandardisation scaling, MassScaling massScaling, IReadOnlyList<FlowMatchingMember> members)
    : StandardisedDensity(scaling, massScaling, members.Count), IFlowMatchingDensity
{
    public int Evaluations => members.Max(member => member.Evaluations);

    protected override DensityKind Kind => DensityKind.FlowMatching;

    protected override StandardisedDensity With(LogitStandardisation other, MassScaling otherMass) =>
        new FlowMatchingDensity(other, otherMass, members);

    protected override IBlockMap NewBlock(int member, bool withDensity) => new Block(members[member], withDensity);

    protected override void SaveMembers(BinaryWriter writer)
    {
        foreach (var member in members)
        {
            FlowMatchingFile.Write(writer, member);
        }
    }

    private sealed class Block(FlowMatchingMember member, bool withDensity) : IBlockMap
    {
        private readonly OdeSolver _solver = new(IBlockMap.Rows, member.Dimensions);
        private readonly VelocityBlock _velocity = new(member.Networks, IBlockMap.Rows, withDensity);
        private readonly double[] _falling = [.. member.Grid.Reverse()];

        public void ToLatent(Matrix x, ReadOnlySpan<float> mass, Span<double> logJacobian)
        {
            _velocity.Start(mass);
            _solver.AlongGrid(_velocity, x, mass.Length, member.Grid);
            if (withDensity)
            {
                _velocity.TraceIntegral.AsSpan(0, mass.Length).CopyTo(logJacobian);
            }
        }

        public void FromLatent(Matrix z, ReadOnlySpan<float> mass)
        {
            _velocity.Start(mass);
            _solver.AlongGrid(_velocity, z, mass.Length, _falling);
        }
    }
}
