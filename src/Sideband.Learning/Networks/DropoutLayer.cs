using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Networks;

/// <summary>
/// In training each number is left out with a probability p and else multiplied by 1/(1 - p) (JMLR 15 (2014) 1929); otherwise nothing.
/// </summary>
internal sealed class DropoutLayer(int width, double probability) : Layer
{
    public override int Inputs => width;

    public override int Outputs => width;

    public override void Initialise(RandomStream stream)
    {
    }

    public override void Refresh()
    {
    }

    public override LayerState NewState(int rows) => new DropoutState(new Matrix(rows, width), new Matrix(rows, width));

    public override void Forward(Matrix x, LayerState state, Pass pass)
    {
        var s = (DropoutState)state;
        if (!pass.Training)
        {
            s.Output.CopyFrom(x, pass.Rows);
            return;
        }

        var scale = (float)(1 / (1 - probability));
        for (var i = 0; i < pass.Rows; i++)
        {
            var from = x.RowSpan(i);
            var to = s.Output.RowSpan(i);
            var factor = s.Factors.RowSpan(i);
            for (var j = 0; j < factor.Length; j++)
            {
                factor[j] = pass.Noise!.NextDouble() < probability ? 0 : scale;
                to[j] = from[j] * factor[j];
            }
        }
    }

    public override void Backward(Matrix x, LayerState state, Matrix gradient, Matrix? inputGradient, bool add, Pass pass)
    {
        if (inputGradient is null)
        {
            return;
        }

        var s = (DropoutState)state;
        for (var i = 0; i < pass.Rows; i++)
        {
            var from = gradient.RowSpan(i);
            var to = inputGradient.RowSpan(i);
            var factor = s.Factors.RowSpan(i);
            for (var j = 0; j < from.Length; j++)
            {
                var g = pass.Training ? from[j] * factor[j] : from[j];
                to[j] = add ? to[j] + g : g;
            }
        }
    }

    private sealed class DropoutState(Matrix output, Matrix factors) : LayerState(output)
    {
        public Matrix Factors { get; } = factors;
    }
}
