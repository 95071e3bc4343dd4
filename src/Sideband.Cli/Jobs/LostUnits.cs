using Sideband.Search.Runs;

namespace Sideband.Cli.Jobs;

/// <summary>Why results are not collected again: units that they were made of are not there any more.</summary>
internal static class LostUnits
{
    /// <param name="lost">The units, all that one command asked for.</param>
    /// <param name="root">The run directory.</param>
    public static string Words(RequestedUnits lost, string root)
    {
        var (what, command) = lost.Name switch
        {
            RequestedUnits.Search => ("the search", $"'sideband scan {root}' does"),
            RequestedUnits.InjectionScan => ("the injection scan", $"'sideband inject {root}', with its options as before, does"),
            _ => ($"the calibration {lost.Name}", $"'sideband calibrate {root}', with its options as before, does"),
        };
        var (units, are, more, them) = lost.Units.Count == 1
            ? ("a unit", "is", "", "it")
            : ($"{lost.Units.Count} units", "are", ", ...", "them");
        return $"results.json stays as it is: {units} of {what} that it was made of {are} damaged or gone ({lost.Units[0].Name}{more}); "
            + $"{command} {them} again, and with results.json removed 'sideband collect {root}' makes partial results of the rest";
    }
}
