using Sideband.Events;
using Sideband.Search.Collect;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Search.Runs;

/// <summary>What a search that is collected again takes over from the results that its run directory holds.</summary>
/// <param name="warn">Takes a line for each thing that is not taken over.</param>
public sealed class EarlierResults(RunDirectory directory, Action<string> warn)
{
    /// <summary>The results with the fits that are there, if they are of the same settings and the same build.</summary>
    /// <param name="result">What was collected now.</param>
    /// <param name="searched">False where something was added to a search, which keeps its own time and origin.</param>
    public ScanResult Into(ScanResult result, bool searched)
    {
        if (!File.Exists(directory.ResultsFile) || Read() is not { } earlier)
        {
            return result;
        }

        var now = result.Provenance;
        var fitted = earlier.Fits.Count > 0 ? earlier.Provenance.Fitted : null;
        if (fitted == now.Collected && earlier.Provenance.SettingsSha256 == now.SettingsSha256)
        {
            result = result with { Fits = earlier.Fits, Provenance = now with { Fitted = fitted } };
        }
        else if (fitted is not null)
        {
            warn($"{directory.ResultsFile}: its {earlier.Fits.Count} fits are of {(fitted == now.Collected ? "other settings" : fitted)} "
                + $"and not taken over; 'sideband fit {directory.Root}' makes them again");
        }

        return searched || earlier.Blind != result.Blind || UnfinishedUnits.Leave(earlier.Failures)
            ? result
            : result with
            {
                Timing = earlier.Timing,
                Provenance = earlier.Provenance with { Collected = now.Collected, Fitted = result.Provenance.Fitted },
            };
    }

    private ScanResult? Read()
    {
        try
        {
            return ResultsJson.Read(directory.ResultsFile);
        }
        catch (InputDataException error)
        {
            warn($"{error.Message}; it is written anew, without the fits that it may have held: "
                + $"'sideband fit {directory.Root}' makes them again");
            return null;
        }
    }
}
