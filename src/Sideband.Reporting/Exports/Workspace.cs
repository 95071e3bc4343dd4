using System.Globalization;
using System.Text.Json.Nodes;

namespace Sideband.Reporting.Exports;

/// <summary>
/// One window as a HistFactory workspace, JSON format 1.0.0, as pyhf reads it: a channel with one bin for each exclusive score bin.
/// Background has the template's statistics (shapesys, error b/sqrt(n): the constraint of an on/off measurement) and the common
/// systematic shift, one parameter for all channels. Windows overlap, so they never share a workspace.
/// </summary>
public static class Workspace
{
    /// <summary>
    /// Signal events at mu = 1 without an injection scan: in the window before any cut; where nothing tells the efficiency, in the hardest
    /// bin.
    /// </summary>
    public const double SignalInWindow = 100, SignalInHardestBin = 10;

    private const string Poi = "mu";
    private const double LargestMu = 100;

    /// <summary>The workspace.</summary>
    /// <param name="window">Number of the window.</param>
    /// <param name="bins">At least one.</param>
    public static JsonObject Of(int window, IReadOnlyList<ScoreBin> bins)
    {
        string ChannelOf(ScoreBin bin) => string.Create(CultureInfo.InvariantCulture, $"window_{window}_{bin.Name}");
        var shift = string.Create(CultureInfo.InvariantCulture, $"delta_sys_window_{window}");
        return new JsonObject
        {
            ["channels"] = new JsonArray([.. bins.Select(bin => new JsonObject
            {
                ["name"] = ChannelOf(bin),
                ["samples"] = new JsonArray(Background(bin, ChannelOf(bin), shift), Signal(bin)),
            })]),
            ["observations"] = new JsonArray([.. bins.Select(bin => new JsonObject
            {
                ["name"] = ChannelOf(bin),
                ["data"] = new JsonArray(bin.Observed),
            })]),
            ["measurements"] = new JsonArray(new JsonObject
            {
                ["name"] = "search",
                ["config"] = new JsonObject
                {
                    ["poi"] = Poi,
                    ["parameters"] = new JsonArray(new JsonObject
                    {
                        ["name"] = Poi,
                        ["inits"] = new JsonArray(1.0),
                        ["bounds"] = new JsonArray(new JsonArray(0.0, LargestMu)),
                    }),
                },
            }),
            ["version"] = "1.0.0",
        };
    }

    private static JsonObject Background(ScoreBin bin, string channel, string shift)
    {
        var modifiers = new JsonArray(Modifier(
            $"template_stat_{channel}", "shapesys", new JsonArray(bin.Background / Math.Sqrt(bin.TemplateEvents))));
        if (bin.Shift > 0)
        {
            var hi = 1 + (bin.Shift / bin.Background);
            modifiers.Add(Modifier(shift, "normsys", new JsonObject { ["hi"] = hi, ["lo"] = 1 / hi }));
        }
        else if (bin.Shift < 0)
        {
            // The bin moves against the others: a normsys would have hi below 1, which readers take for a mistake.
            modifiers.Add(Modifier(shift, "histosys", new JsonObject
            {
                ["hi_data"] = new JsonArray(bin.Background + bin.Shift),
                ["lo_data"] = new JsonArray(bin.Background - bin.Shift),
            }));
        }

        return Sample("background", bin.Background, modifiers);
    }

    private static JsonObject Signal(ScoreBin bin) => Sample("signal", bin.Signal, new JsonArray(Modifier(Poi, "normfactor", null)));

    private static JsonObject Sample(string name, double events, JsonArray modifiers) =>
        new() { ["name"] = name, ["data"] = new JsonArray(events), ["modifiers"] = modifiers };

    private static JsonObject Modifier(string name, string type, JsonNode? data) =>
        new() { ["name"] = name, ["type"] = type, ["data"] = data };
}
