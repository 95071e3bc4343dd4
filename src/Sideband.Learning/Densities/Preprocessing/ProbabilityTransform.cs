using Sideband.Numerics;

namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>
/// z = Q(F(x)) of one feature that has repeated values or a hard edge, with F its cumulative distribution and Q the quantile function of
/// the standard normal. A repeated value takes the interval of F that its events take, and an event a place in it; between repeated values
/// F is a smooth curve through quantiles that ends a fraction of an event beyond the lowest and the highest one. What a density draws
/// inside of a value's interval is that value again.
/// </summary>
/// <remarks>
/// The density is one of x where values do not repeat, and of the place in (0, 1) where they do: its integral over the places is the
/// probability of the value, however wide its interval is, so that densities with different intervals have a ratio.
/// </remarks>
internal sealed class ProbabilityTransform
{
    /// <summary>
    /// Events between the quantiles at an end; twice as many in each next cell, up to one part in <see cref="Cells"/> of them.
    /// </summary>
    private const int EndEvents = 32;

    private const int Cells = 16;

    /// <summary>Gaps at an end whose mean says where it may be.</summary>
    private const int EndGaps = 8;

    private readonly Piece[] _pieces;

    private ProbabilityTransform(Piece[] pieces) => _pieces = pieces;

    /// <summary>The repeated values, rising.</summary>
    public IEnumerable<float> Repeated => from piece in _pieces where piece.Curve is null select (float)piece.Low;

    /// <param name="sorted">The feature of all events, rising, finite, with at least two values.</param>
    /// <param name="repeated">Those of its values that repeat (<see cref="RepeatedValues"/>).</param>
    public static ProbabilityTransform Fit(ReadOnlySpan<float> sorted, float[] repeated)
    {
        List<Piece> pieces = [];
        var next = 0;
        for (var begin = 0; begin < sorted.Length;)
        {
            while (next < repeated.Length && repeated[next] < sorted[begin])
            {
                next++;
            }

            var limit = next < repeated.Length ? repeated[next] : float.PositiveInfinity;
            var isRepeated = limit == sorted[begin];
            var end = begin + 1;
            while (end < sorted.Length && (isRepeated ? sorted[end] == limit : sorted[end] < limit))
            {
                end++;
            }

            var (from, to) = ((double)begin / sorted.Length, (double)end / sorted.Length);
            pieces.Add(sorted[begin] == sorted[end - 1]
                ? new Piece(sorted[begin] + 0f, sorted[begin] + 0f, from, to, null)
                : Smooth(sorted[begin..end], begin > 0 ? sorted[begin - 1] : float.NegativeInfinity, limit, from, to));
            begin = end;
        }

        return new ProbabilityTransform([.. pieces]);
    }

    /// <summary>Repeated values, and stretches between them.</summary>
    public int Pieces => _pieces.Length;

    /// <summary>
    /// The piece that x lies in; -1 where x is nothing that was fitted: between repeated values, beyond the ends, not a number.
    /// </summary>
    public int PieceOf(float x)
    {
        var piece = Find(x, static piece => piece.High);
        if (piece == _pieces.Length)
        {
            return -1;
        }

        var (low, high, curve) = (_pieces[piece].Low, _pieces[piece].High, _pieces[piece].Curve);
        return (curve is null ? x == low : x > low && x < high) ? piece : -1;
    }

    /// <summary>The part of F that a piece takes.</summary>
    public Interval IntervalOf(int piece) => new(_pieces[piece].From, _pieces[piece].To);

    /// <summary>The piece at a value of F.</summary>
    public int PieceAt(double probability) => Math.Min(Find(probability, static piece => piece.To), _pieces.Length - 1);

    /// <summary>z of x; false where it is infinite.</summary>
    /// <param name="piece">That x lies in.</param>
    /// <param name="x">The feature.</param>
    /// <param name="place">In (0, 1): where x is in its interval if it is a repeated value.</param>
    /// <param name="interval">The piece's (<see cref="IntervalOf"/>), or another one that it shall take.</param>
    /// <param name="z">Written.</param>
    /// <param name="logJacobian">ln dz/dx, of a repeated value ln dz/dplace.</param>
    public bool TryForward(int piece, float x, double place, Interval interval, out double z, out double logJacobian)
    {
        var slope = 1.0;
        var inside = _pieces[piece].Curve?.Forward(x, out slope) ?? place;
        z = NormalDistribution.Quantile(interval.Low + (interval.Width * inside));
        logJacobian = PortableMath.Log(slope * interval.Width / NormalDistribution.Density(z));
        return double.IsFinite(logJacobian);
    }

    /// <summary>x of a value of F, a repeated value exactly.</summary>
    /// <param name="piece">That x shall lie in.</param>
    /// <param name="probability">A value of F; no number gives none.</param>
    /// <param name="interval">As in <see cref="TryForward"/>.</param>
    public float Inverse(int piece, double probability, Interval interval)
    {
        var (low, high, curve) = (_pieces[piece].Low, _pieces[piece].High, _pieces[piece].Curve);
        if (curve is null || double.IsNaN(probability))
        {
            return double.IsNaN(probability) ? float.NaN : (float)low;
        }

        // Single precision must not carry it onto an end or a repeated value.
        var x = (float)curve.Inverse(Math.Clamp((probability - interval.Low) / interval.Width, 0, 1));
        return x <= low ? MathF.BitIncrement((float)low) : x >= high ? MathF.BitDecrement((float)high) : x;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_pieces.Length);
        foreach (var piece in _pieces)
        {
            writer.Write(piece.Low);
            writer.Write(piece.High);
            writer.Write(piece.From);
            writer.Write(piece.To);
            writer.Write(piece.Curve is not null);
            if (piece.Curve is { } curve)
            {
                SplineFile.Write(writer, curve);
            }
        }
    }

    public static ProbabilityTransform Load(BinaryReader reader)
    {
        double Number() => reader.ReadDouble();
        return new ProbabilityTransform(
        [
            .. Enumerable.Range(0, reader.ReadInt32()).Select(_ =>
                new Piece(Number(), Number(), Number(), Number(), reader.ReadBoolean() ? SplineFile.Read(reader) : null)),
        ]);
    }

    /// <summary>The first piece whose end is not below the value; their number if there is none.</summary>
    private int Find(double value, Func<Piece, double> end)
    {
        var (low, high) = (0, _pieces.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = end(_pieces[middle]) < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The curve of values that do not repeat.</summary>
    /// <param name="sorted">At least two different ones.</param>
    /// <param name="below">The repeated value below them.</param>
    /// <param name="above">The one above.</param>
    /// <param name="from">Fraction of the events below them.</param>
    /// <param name="to">Of those that are not above them.</param>
    private static Piece Smooth(ReadOnlySpan<float> sorted, float below, float above, double from, double to)
    {
        var count = sorted.Length;
        double Half(float end, float inner, int gaps, float limit) =>
            0.5 * Math.Min(Math.Abs((double)inner - end) / gaps, Math.Abs((double)limit - end));

        var (first, last) = (Math.Min(EndGaps, count - 1), Math.Max(count - 1 - EndGaps, 0));
        while (sorted[first] == sorted[0])
        {
            first++;
        }

        while (sorted[last] == sorted[^1])
        {
            last--;
        }

        List<double> x = [sorted[0] - Half(sorted[0], sorted[first], first, below)];
        List<double> y = [0];
        var high = sorted[^1] + Half(sorted[^1], sorted[last], count - 1 - last, above);
        foreach (var rank in Ranks(count))
        {
            if (sorted[rank] > x[^1])
            {
                x.Add(sorted[rank]);
                y.Add((rank + 0.5) / count);
            }
        }

        x.Add(high);
        y.Add(1);
        return new Piece(x[0], high, from, to, MonotoneSpline.Through([.. x], [.. y]));
    }

    /// <summary>Ranks of the quantiles that the curve passes through, rising.</summary>
    private static List<int> Ranks(int events)
    {
        List<int> low = [];
        var (cell, most) = (EndEvents, Math.Max(EndEvents, events / Cells));
        for (var rank = cell; rank <= (events - 1) / 2; rank += cell)
        {
            low.Add(rank);
            cell = Math.Min(2 * cell, most);
        }

        // The same from above; the middle ones are not nearer to each other than half a cell.
        return [.. low, .. low.Select(rank => events - 1 - rank).Reverse().Where(rank => low.Count > 0 && rank - low[^1] >= cell / 2)];
    }

    /// <param name="Low">Lowest x; the curve's are above it.</param>
    /// <param name="High">Highest x; the curve's are below it.</param>
    /// <param name="From">Fraction of the events below.</param>
    /// <param name="To">Of those below and inside.</param>
    /// <param name="Curve">From 0 to 1 between the ends as F is between <paramref name="From"/> and <paramref name="To"/>; null for a
    /// repeated value.</param>
    private sealed record Piece(double Low, double High, double From, double To, MonotoneSpline? Curve);
}
