using Sideband.Learning.Densities.Preprocessing;

namespace Sideband.Learning.Tests.Densities;

public class JointPiecesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(21)]
    [InlineData(40)]
    public void A_combination_says_the_piece_of_every_feature_that_it_covers_however_many_there_are(int flags)
    {
        // Flags of one and the same object: all 0 or all 1.
        float[][] features = [.. Enumerable.Repeat(Enumerable.Range(0, 100).Select(i => (float)(i % 2)).ToArray(), flags)];
        ProbabilityTransform[] transforms = [.. features.Select(column => ProbabilityTransform.Fit([.. column.Order()], [0, 1]))];
        var joint = JointPieces.Of(transforms, features);
        (joint is null).ShouldBe(flags == 1);
        for (var i = 0; i < 2 && joint is not null; i++)
        {
            var combination = joint.NumberOf(transforms, features, i);
            combination.ShouldBe(i);
            int[] pieces = [.. Enumerable.Range(0, flags).Select(f => joint.Find(f, combination)?.Piece).OfType<int>()];
            pieces.ShouldBe(Enumerable.Repeat(i, Math.Min(flags, 21)));
        }
    }
}
