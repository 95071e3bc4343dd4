namespace Sideband.Learning.Classifiers;

/// <summary>The features that a classifier sees.</summary>
/// <param name="Numbers">From 0, ascending.</param>
/// <param name="Count">How many there are to choose from.</param>
internal sealed record FeatureSubset(int[] Numbers, int Count)
{
    public bool IsAll => Numbers.Length == Count;
}
