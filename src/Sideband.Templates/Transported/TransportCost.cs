using Sideband.Learning.Transport;

namespace Sideband.Templates.Transported;

/// <summary>What a transport costs.</summary>
internal static class TransportCost
{
    // CPU seconds of one pair in one epoch, and of one event mapped, for each block of the network and unit of its width squared.
    private const double SecondsPerPair = 2.2e-10;
    private const double SecondsPerImage = 6e-10;

    // CPU seconds of one event through one block of splines, in one epoch and mapped.
    private const double SecondsPerSpline = 1e-6;
    private const double SecondsPerSplineImage = 3e-7;

    /// <summary>CPU seconds of the training.</summary>
    public static double Training(double events, TransportOptions options)
    {
        var passed = events * options.EpochsOf(events);
        return options.Base is { } density
            ? SecondsPerSpline * ((events * density.EpochsOf(events) * density.Blocks) + (passed * (options.Blocks + density.Blocks)))
            : SecondsPerPair * passed * options.Blocks * options.HiddenWidth * options.HiddenWidth;
    }

    /// <summary>CPU seconds of the images.</summary>
    public static double Images(double events, TransportOptions options) => options.Kind == TransportKind.Spline
        ? SecondsPerSplineImage * events * options.Blocks
        : SecondsPerImage * events * options.Blocks * options.HiddenWidth * options.HiddenWidth;
}
