using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Networks;

/// <summary>A matrix of weights among the parameters, from index <paramref name="Start"/>.</summary>
internal readonly record struct WeightMatrix(int Start, PanelLayout Layout);
