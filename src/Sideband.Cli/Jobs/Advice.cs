using Sideband.Events;
using Sideband.Reporting.Wording;
using Sideband.Search.Proposals;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;

namespace Sideband.Cli.Jobs;

/// <summary>What to type for a table of one's own, in place of one error after the other.</summary>
internal static class Advice
{
    // Whatever else may lie in a file of such a name, it is no search.
    private static readonly string[] Tables = [".csv", ".txt", ".tsv", ".dat", ".npz", ".npy", ".h5", ".hdf5", ".hdf", ".root", ".parquet"];

    /// <summary>For a table in the place of SEARCH.yaml; null for any other file.</summary>
    public static string? ForTable(string path)
    {
        if (!Tables.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var file = ShellWord.Of(path);
        var begin = $"{path}: a table of events, and no search file; ";
        return Tried(() => SearchProposal.ForTable(path)) is { } proposal
            ? $"{begin}type: sideband scan --data {file}{Typed(proposal)}{Remark(proposal)}"
            : $"{begin}type: sideband scan --data {file} --mass COLUMN --features LIST --windows SPEC; "
                + $"'sideband inspect {file}' shows what is in it";
    }

    /// <summary>For data that have not the columns of the defaults: what to add; null where these are not to blame.</summary>
    public static string? ForDefaults(SearchSettings settings) => Tried(() => SearchProposal.Of(settings)) is { } proposal
        ? $"; for this table add, to begin with,{Typed(proposal)}{Remark(proposal)}"
        : null;

    // A file that cannot be read has an error of its own, which is shown.
    private static SearchProposal? Tried(Func<SearchProposal?> make)
    {
        try
        {
            return make();
        }
        catch (Exception error) when (error is SidebandException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Typed(SearchProposal proposal) =>
        string.Concat(proposal.Options.Select(option => $" {option.Option} {ShellWord.Of(option.Value)}"));

    private static string Remark(SearchProposal proposal) => proposal.Options.Contains(("--systematics", GivenEstimate.None))
        ? " (statistical errors only; with a simulation of the background --mc FILE in its place)"
        : "";
}
