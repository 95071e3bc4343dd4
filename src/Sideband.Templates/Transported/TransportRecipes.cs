using Sideband.Learning.Transport;

namespace Sideband.Templates.Transported;

/// <summary>How transports are trained.</summary>
internal static class TransportRecipes
{
    /// <summary>The options of a profile.</summary>
    public static TransportOptions Of(OptionValues values)
    {
        var options = new TransportOptions();
        return values.Profile == "quick" ? options with { Epochs = options.Epochs / 2 } : options;
    }
}
