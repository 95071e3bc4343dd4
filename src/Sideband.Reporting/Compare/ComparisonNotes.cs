using Sideband.Search.Results;

namespace Sideband.Reporting.Compare;

/// <summary>What could not be computed, and what a reader must know: one line each.</summary>
public static class ComparisonNotes
{
    public static IReadOnlyList<string> Of(ComparisonResult result)
    {
        var lines = new List<string>();
        foreach (var window in result.Windows)
        {
            lines.AddRange(Of(result, window).Select(line => $"window {window.Number}: {line}"));
        }

        return lines;
    }

    private static IEnumerable<string> Of(ComparisonResult result, ComparedWindowResult window)
    {
        if (window.Truth.Reason is { } unknown)
        {
            yield return $"no template is held against true background: {unknown}";
        }
        else if (window.Truth.OtherSource == "halves")
        {
            yield return "true background is held against itself in halves: the band is wider than that of samples of full size";
        }

        foreach (var template in window.Templates)
        {
            if (template.Reason is { } none)
            {
                yield return $"{template.Method} has no template: {none}";
            }

            if (template.Note is { } note)
            {
                yield return note;
            }
        }

        if (result.Trainings > 0 && window.LogPosterior.Reason is { } noPosterior)
        {
            yield return $"no log posteriors: {noPosterior}";
        }

        if (window.Scored.Note is { } why)
        {
            yield return $"the data's scores are compared: {why}";
        }

        if (window.Scored.Background is null)
        {
            yield return "labels are not known: no SIC and no sigma_min; overlap and correlation are of all events";
        }

        // One training may have failed where others did not.
        foreach (var entry in window.Performance)
        {
            (string, RunValues)[] looked = [("max SIC", entry.MaximumSic), ("SIC at 1000", entry.SicAtThousand), ("ARGOS", entry.Argos)];
            foreach (var (name, values) in looked)
            {
                if (window.Scored.Background is null && name != "ARGOS")
                {
                    continue;
                }

                if (values.Runs.Count(value => value is null) is > 0 and var undefined)
                {
                    yield return $"{entry.Method}: no {name} of {undefined} of {values.Runs.Count} trainings"
                        + (values.Reason is { } reason ? $": {reason}" : "");
                }
            }
        }
    }
}
