using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Networks;

/// <summary>What all layers need to know on the way of some rows through a network and back.</summary>
internal sealed unsafe class Pass
{
    /// <summary>Rows that count.</summary>
    public int Rows { get; set; }

    /// <summary>What layers with a context see beside their input; one row a row.</summary>
    public Matrix? Context { get; init; }

    /// <summary>Dropout and the batch's own statistics instead of the running ones.</summary>
    public bool Training { get; init; }

    /// <summary>Whether a way back will follow.</summary>
    public bool KeepDerivatives { get; init; }

    /// <summary>
    /// Where the way back writes the gradient of the weights (all of it, each time); null: only that of the input is wanted.
    /// </summary>
    public float* Gradient { get; set; }

    /// <summary>Draws the units that dropout leaves out.</summary>
    public RandomStream? Noise { get; init; }
}
