using Sideband.Learning.Transport;

namespace Sideband.Templates.Transported;

/// <summary>What a transport costs.</summary>
internal static class TransportCost
{
    // CPU seconds of one pair in one epoch, and of one event mapped, for each block of the network and unit of its width squared.
    private const double SecondsPerPair = 2.2e-10;
    private const double SecondsPerImage = 6e-10;

    /// <summary>CPU seconds of the training.</summary>
    public static double Training(double events, TransportOptions options) =>
        SecondsPerPair * events * options.EpochsOf(events) * options.Blocks * options.HiddenWidth * options.HiddenWidth;

    /// <summary>CPU seconds of the images.</summary>
    public static double Images(double events, TransportOptions options) =>
        SecondsPerImage * events * options.Blocks * options.HiddenWidth * options.HiddenWidth;
}
