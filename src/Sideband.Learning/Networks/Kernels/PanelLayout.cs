namespace Sideband.Learning.Networks.Kernels;

/// <summary>
/// Where the weight from input k to output n lies: outputs are cut into panels of 32 (the last may have 16), and a panel holds its
/// weights input after input, so that a tile kernel reads them in order. Inputs are padded to a multiple of 8, outputs to one of 16.
/// </summary>
internal readonly record struct PanelLayout(int Inputs, int Outputs)
{
    public const int PanelWidth = 32;

    public int PaddedInputs => RoundUp(Inputs, 8);

    public int PaddedOutputs => RoundUp(Outputs, 16);

    /// <summary>Numbers in all.</summary>
    public int Length => PaddedInputs * PaddedOutputs;

    public int Panels => (PaddedOutputs + PanelWidth - 1) / PanelWidth;

    /// <summary>Outputs of a panel: 32 or 16.</summary>
    public int Width(int panel) => Math.Min(PanelWidth, PaddedOutputs - (panel * PanelWidth));

    /// <summary>Index of the first weight of a panel.</summary>
    public int Start(int panel) => panel * PanelWidth * PaddedInputs;

    public int Index(int input, int output)
    {
        var panel = output / PanelWidth;
        return Start(panel) + (input * Width(panel)) + (output % PanelWidth);
    }

    public static int RoundUp(int count, int multiple) => (count + multiple - 1) / multiple * multiple;
}
