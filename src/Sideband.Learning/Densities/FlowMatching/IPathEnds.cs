namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>Where the paths of flow matching begin and end.</summary>
internal interface IPathEnds
{
    /// <summary>Paths that there are.</summary>
    int Count { get; }

    /// <summary>The end at t = 0: feature f of row i at [i * dimensions + f].</summary>
    float[] Data { get; }

    /// <summary>The end at t = 1, likewise; changes with every draw.</summary>
    float[] Others { get; }

    /// <summary>Standardised masses of each row, one row after the other.</summary>
    float[] Masses { get; }

    /// <summary>sigma: the width of the path at t = 0, in standardised units.</summary>
    float Sigma { get; }

    /// <summary>Parts that can be drawn at the same time.</summary>
    int Parts { get; }

    /// <summary>The time of a u that is uniform in (0, 1).</summary>
    double Time(double u);

    /// <summary>Draws the other ends of a part of the training rows anew.</summary>
    void Draw(int part);
}
