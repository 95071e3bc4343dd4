using Sideband.Events;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Search.Runs;

/// <summary>Fits of an earlier command, which a search that is collected again still has.</summary>
public static class KeptFits
{
    /// <summary>The result with the fits that the run directory holds, if they are of the same settings and the same build.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="result">What was collected now.</param>
    public static ScanResult With(RunDirectory directory, ScanResult result)
    {
        if (!File.Exists(directory.ResultsFile))
        {
            return result;
        }

        try
        {
            var (earlier, now) = (ResultsJson.Read(directory.ResultsFile), result.Provenance);
            return earlier is { Blind: false, Fits.Count: > 0 }
                && (earlier.Provenance.SettingsSha256, earlier.Provenance.Version, earlier.Provenance.Commit)
                    == (now.SettingsSha256, now.Version, now.Commit)
                ? result with { Fits = earlier.Fits }
                : result;
        }
        catch (InputDataException)
        {
            // A damaged file is written anew, and 'sideband fit' makes the fits again.
            return result;
        }
    }
}
