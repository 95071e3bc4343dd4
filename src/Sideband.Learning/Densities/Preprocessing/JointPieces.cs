using Sideband.Learning.Saving;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>
/// Repeated values of several features together: what an absent object leaves in all of its features occurs together, and a network would
/// smear the sharp corners of that and draw what does not exist. So the first of these features has an interval for each combination of
/// pieces that the events have, in whose width is their fraction and which says what piece each other feature is in; the others have all
/// of the probabilities for the piece that they are in, and of one at a repeated value nothing is left but a place.
/// </summary>
internal sealed class JointPieces
{
    /// <summary>Features with more pieces, as counts and rounded numbers, have an order that says more than their combinations.</summary>
    private const int MostPieces = 8;

    private const int MostCombinations = 256;

    /// <summary>Pieces, of three bits each, that a code of 64 bits holds.</summary>
    private const int MostFeatures = 21;

    private static readonly Interval Whole = new(0, 1);

    private readonly int[] _features;
    private readonly int[][] _combinations;
    private readonly double[] _ends;
    private readonly Dictionary<ulong, int> _numberOf;

    private JointPieces(int[] features, int[][] combinations, double[] ends)
    {
        (_features, _combinations, _ends) = (features, combinations, ends);
        _numberOf = Enumerable.Range(0, combinations.Length).ToDictionary(k => Code(combinations[k]));
    }

    /// <summary>Number of the feature whose variable says the combination.</summary>
    public int Carrier => _features[0];

    /// <summary>
    /// Null where fewer than two features have a few repeated values. Features are taken in order as long as there are not too many of
    /// them or of their combinations.
    /// </summary>
    /// <param name="transforms">Of each feature; null where it has none.</param>
    /// <param name="features">[feature][event].</param>
    public static JointPieces? Of(ProbabilityTransform?[] transforms, float[][] features)
    {
        List<int> taken = [];
        var codes = new ulong[features[0].Length];
        for (var f = 0; f < features.Length; f++)
        {
            if (taken.Count == MostFeatures || transforms[f] is not { Pieces: > 1 and <= MostPieces } transform)
            {
                continue;
            }

            ulong[] longer = [.. codes.Select((code, i) => Appended(code, transform.PieceOf(features[f][i])))];
            if (longer.Distinct().Count() <= MostCombinations)
            {
                codes = longer;
                taken.Add(f);
            }
        }

        if (taken.Count < 2)
        {
            return null;
        }

        // The first feature's pieces are the highest digits, so that its variable still rises with them.
        var groups = codes.GroupBy(code => code).OrderBy(group => group.Key).ToArray();
        var ends = new double[groups.Length];
        var below = 0;
        for (var k = 0; k < groups.Length; k++)
        {
            below += groups[k].Count();
            ends[k] = (double)below / codes.Length;
        }

        return new JointPieces([.. taken], [.. groups.Select(group => Digits(group.Key, taken.Count))], ends);
    }

    /// <summary>Number of an event's combination; -1 where no event had it.</summary>
    public int NumberOf(ProbabilityTransform?[] transforms, float[][] features, int i)
    {
        var code = 0UL;
        foreach (var f in _features)
        {
            var piece = transforms[f]!.PieceOf(features[f][i]);
            if (piece < 0)
            {
                return -1;
            }

            code = Appended(code, piece);
        }

        return _numberOf.TryGetValue(code, out var number) ? number : -1;
    }

    /// <summary>The combination at a value of the carrier's variable.</summary>
    public int NumberAt(double z)
    {
        var found = Array.BinarySearch(_ends, NormalDistribution.UpperTail(-z));
        return Math.Clamp(found < 0 ? ~found : found, 0, _ends.Length - 1);
    }

    /// <summary>The piece of a feature in a combination and the interval that it takes; null where the feature is none of these.</summary>
    public (int Piece, Interval Interval)? Find(int feature, int combination)
    {
        var at = Array.IndexOf(_features, feature);
        return at < 0 ? null
            : at > 0 ? (_combinations[combination][at], Whole)
            : (_combinations[combination][at], new Interval(combination > 0 ? _ends[combination - 1] : 0, _ends[combination]));
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_features.Length);
        writer.Write(_ends.Length);
        writer.WriteAll(_features);
        foreach (var pieces in _combinations)
        {
            writer.WriteAll(pieces);
        }

        writer.WriteAll(_ends);
    }

    public static JointPieces Load(BinaryReader reader)
    {
        var (features, combinations) = (reader.ReadInt32(), reader.ReadInt32());
        return new JointPieces(
            reader.ReadInts(features),
            [.. Enumerable.Range(0, combinations).Select(_ => reader.ReadInts(features))],
            reader.ReadDoubles(combinations));
    }

    private static ulong Appended(ulong code, int piece) => (code * MostPieces) + (ulong)piece;

    private static ulong Code(int[] pieces) => pieces.Aggregate(0UL, Appended);

    private static int[] Digits(ulong code, int count)
    {
        var digits = new int[count];
        for (var k = count - 1; k >= 0; k--, code /= MostPieces)
        {
            digits[k] = (int)(code % MostPieces);
        }

        return digits;
    }
}
