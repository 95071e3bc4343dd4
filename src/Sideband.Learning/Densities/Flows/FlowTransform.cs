using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Flows;

/// <summary>An invertible map y(x; m) with a Jacobian in closed form; the context of a pass holds the mass, or the masses.</summary>
internal abstract class FlowTransform
{
    /// <summary>Whether rows of a batch influence each other in training.</summary>
    public virtual bool MixesRows => false;

    public abstract void Initialise(RandomStream stream);

    public abstract void Refresh();

    public abstract FlowState NewState(int rows);

    /// <summary>Fills the state's output with y and adds ln |dy/dx| of each row.</summary>
    public abstract void Forward(Matrix x, FlowState state, Span<double> logJacobian, Pass pass);

    /// <summary>The way back.</summary>
    /// <param name="x">The input of the way forth.</param>
    /// <param name="state">Of the way forth.</param>
    /// <param name="gradient">Of the loss with respect to y; with respect to x on return.</param>
    /// <param name="jacobianGradient">Of the loss with respect to the log-Jacobian, the same for all rows.</param>
    /// <param name="pass">Of the way forth.</param>
    public abstract void Backward(Matrix x, FlowState state, Matrix gradient, float jacobianGradient, Pass pass);

    /// <summary>y becomes x, as it is outside of training.</summary>
    public abstract void Inverse(Matrix y, FlowState state, Pass pass);
}

/// <summary>What a transform keeps of one way forth.</summary>
internal abstract class FlowState(Matrix output)
{
    public Matrix Output { get; } = output;
}
