namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>A part of the probabilities from 0 to 1.</summary>
internal readonly record struct Interval(double Low, double High)
{
    public double Width => High - Low;
}
