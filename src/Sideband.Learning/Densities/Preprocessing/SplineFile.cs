using Sideband.Learning.Saving;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>A curve in a file.</summary>
internal static class SplineFile
{
    public static void Write(BinaryWriter writer, MonotoneSpline curve)
    {
        writer.Write(curve.X.Length);
        writer.WriteAll(curve.X);
        writer.WriteAll(curve.Y);
        writer.WriteAll(curve.Slopes);
    }

    public static MonotoneSpline Read(BinaryReader reader)
    {
        var points = reader.ReadInt32();
        return new MonotoneSpline(reader.ReadDoubles(points), reader.ReadDoubles(points), reader.ReadDoubles(points));
    }
}
