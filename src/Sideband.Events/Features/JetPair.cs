using Sideband.Numerics;

namespace Sideband.Events.Features;

/// <summary>Momentum (px, py, pz) and mass of a jet, in GeV.</summary>
internal readonly record struct Jet(double Px, double Py, double Pz, double Mass)
{
    /// <summary>The jet in a row whose columns px, py, pz and m lie at the given places.</summary>
    public static Jet At(double[][] columns, int row, ReadOnlySpan<int> places) =>
        new(columns[places[0]][row], columns[places[1]][row], columns[places[2]][row], columns[places[3]][row]);

    /// <summary>Momentum squared, GeV^2.</summary>
    public double P2 => (Px * Px) + (Py * Py) + (Pz * Pz);

    /// <summary>sqrt(p^2 + m^2), GeV.</summary>
    public double Energy => Math.Sqrt(P2 + (Mass * Mass));

    /// <summary>asinh(pz / pT), written so that no digits cancel at large |pz|.</summary>
    public double Pseudorapidity
    {
        get
        {
            var transverse = Math.Sqrt((Px * Px) + (Py * Py));
            return Math.CopySign(PortableMath.Log((Math.Abs(Pz) + Math.Sqrt(P2)) / transverse), Pz);
        }
    }
}

/// <summary>The two leading jets of an event and what follows from their momenta (masses in TeV).</summary>
internal readonly record struct JetPair(Jet First, Jet Second)
{
    private const double TevPerGev = 1e-3;

    /// <summary>Index (0 or 1) of the lighter jet; the first where both weigh the same.</summary>
    public int Lighter => Second.Mass < First.Mass ? 1 : 0;

    /// <summary>Dijet mass sqrt((E1 + E2)^2 - |p1 + p2|^2), TeV.</summary>
    public double Mjj
    {
        get
        {
            var energy = First.Energy + Second.Energy;
            var px = First.Px + Second.Px;
            var py = First.Py + Second.Py;
            var pz = First.Pz + Second.Pz;
            var squared = (energy * energy) - ((px * px) + (py * py) + (pz * pz));

            // Rounding may leave a massless collinear pair just below zero; NaN must pass.
            return TevPerGev * Math.Sqrt(squared < 0 ? 0 : squared);
        }
    }

    /// <summary>Mass of the lighter jet, TeV.</summary>
    public double LighterMass => TevPerGev * Math.Min(First.Mass, Second.Mass);

    /// <summary>Heavier minus lighter jet mass, TeV.</summary>
    public double MassDifference => TevPerGev * Math.Abs(First.Mass - Second.Mass);

    /// <summary>Distance sqrt(dphi^2 + deta^2), dphi in [0, pi].</summary>
    public double DeltaR
    {
        get
        {
            // The angle between the transverse momenta comes from their cross and dot products, without wrapping.
            var cross = Math.Abs((First.Px * Second.Py) - (First.Py * Second.Px));
            var dot = (First.Px * Second.Px) + (First.Py * Second.Py);
            var deltaPhi = ArcTangent.OfQuotient(cross, dot);
            var deltaEta = First.Pseudorapidity - Second.Pseudorapidity;
            return Math.Sqrt((deltaPhi * deltaPhi) + (deltaEta * deltaEta));
        }
    }
}
