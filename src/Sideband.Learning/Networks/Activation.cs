namespace Sideband.Learning.Networks;

/// <summary>The function after a dense layer.</summary>
public enum Activation
{
    None,

    /// <summary>max(z, 0).</summary>
    Relu,

    /// <summary>z above 0, e^z - 1 below.</summary>
    Elu,

    /// <summary>z/(1 + e^-z): smooth, as an ODE solver of high order wants it.</summary>
    Silu,
}
