using Sideband.Learning.Saving;

namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>
/// A rising map of one standardised feature, another at each mass: what a density draws onto what the events that were learned have there,
/// or would have between them, by their conditional quantiles. A density that is a little wrong in one feature, smears an edge that moves
/// with the mass or does not carry it across the window, is right in it afterwards.
/// </summary>
/// <param name="nodes">
/// Masses, equally far apart; at others the quantiles lie between those of two nodes, beyond the ends they stay.
/// </param>
/// <param name="drawn">[node][level]: quantiles of what is drawn.</param>
/// <param name="learned">[node][level]: of what was learned.</param>
internal sealed class MarginalCalibration(double[] nodes, double[][] drawn, double[][] learned)
{
    /// <summary>What is drawn for a value of what was learned, and its slope.</summary>
    public double ToDrawn(double y, double mass, out double slope) => Map(learned, drawn, y, mass, out slope);

    /// <summary>The inverse.</summary>
    public double ToLearned(double y, double mass) => Map(drawn, learned, y, mass, out _);

    public void Save(BinaryWriter writer)
    {
        writer.Write(nodes.Length);
        writer.Write(drawn[0].Length);
        foreach (var numbers in (double[][])[nodes, .. drawn, .. learned])
        {
            writer.WriteAll(numbers);
        }
    }

    public static MarginalCalibration Load(BinaryReader reader)
    {
        var (count, levels) = (reader.ReadInt32(), reader.ReadInt32());
        double[][] Curves() => [.. Enumerable.Range(0, count).Select(_ => reader.ReadDoubles(levels))];
        return new MarginalCalibration(reader.ReadDoubles(count), Curves(), Curves());
    }

    private double Map(double[][] from, double[][] to, double y, double mass, out double slope)
    {
        var at = Math.Clamp((mass - nodes[0]) / (nodes[^1] - nodes[0]), 0, 1) * (nodes.Length - 1);
        var node = Math.Min((int)at, nodes.Length - 2);
        var part = at - node;
        double Knot(double[][] curves, int k) => curves[node][k] + (part * (curves[node + 1][k] - curves[node][k]));

        var last = from[0].Length - 1;
        var beyond = y >= Knot(from, last) ? last : y < Knot(from, 0) ? 0 : -1;
        if (beyond >= 0)
        {
            slope = 1;
            return Knot(to, beyond) + (y - Knot(from, beyond));
        }

        var (cell, behind) = (0, last);
        while (behind - cell > 1)
        {
            var middle = (cell + behind) / 2;
            (cell, behind) = Knot(from, middle) <= y ? (middle, behind) : (cell, middle);
        }

        var (begin, start) = (Knot(from, cell), Knot(to, cell));
        slope = (Knot(to, cell + 1) - start) / (Knot(from, cell + 1) - begin);
        return start + (slope * (y - begin));
    }
}
