using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Networks;

/// <summary>
/// A layer holds weights and no rows; what a way forth leaves for the way back is in a <see cref="LayerState"/>, one for each set of
/// rows that is on its way at a time.
/// </summary>
internal abstract class Layer
{
    public abstract int Inputs { get; }

    public abstract int Outputs { get; }

    /// <summary>Whether rows of a batch influence each other, so that a batch must not be cut into shards.</summary>
    public virtual bool MixesRows => false;

    /// <summary>Draws the weights.</summary>
    public abstract void Initialise(RandomStream stream);

    /// <summary>Brings what is derived from the weights up to date; to be called after they changed.</summary>
    public abstract void Refresh();

    /// <summary>Buffers for up to <paramref name="rows"/> rows.</summary>
    public abstract LayerState NewState(int rows);

    /// <summary>Fills the state's output.</summary>
    public abstract void Forward(Matrix x, LayerState state, Pass pass);

    /// <summary>The way back.</summary>
    /// <param name="x">The input of the way forth.</param>
    /// <param name="state">Of the way forth.</param>
    /// <param name="gradient">Of the loss with respect to the output; overwritten.</param>
    /// <param name="inputGradient">
    /// Receives that with respect to the input; null: not needed. May be <paramref name="gradient"/> if <paramref name="add"/>.
    /// </param>
    /// <param name="add">Adds to the input gradient instead of writing it.</param>
    /// <param name="pass">Of the way forth.</param>
    public abstract void Backward(Matrix x, LayerState state, Matrix gradient, Matrix? inputGradient, bool add, Pass pass);
}

/// <summary>What a layer keeps of one way forth.</summary>
internal class LayerState(Matrix output)
{
    public Matrix Output { get; } = output;
}
