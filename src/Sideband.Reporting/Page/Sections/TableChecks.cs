using Sideband.Reporting.Terminal;
using Sideband.Search.Results;

namespace Sideband.Reporting.Page.Sections;

/// <summary>What the tables themselves say for and against the search: how much each is worth, and every check with its number.</summary>
internal static class TableChecks
{
    public static Html Of(ScanResult result) => result.Roles.Count == 0
        ? Html.Of($"<p>No checks: the results are of a version without them.</p>")
        : Html.Of($"""
            {HtmlTable.Of(
                ["role", "events", "sum of weights", "weight negative", "worth events of weight 1", "variance of a count / mean"],
                result.Roles.Select((role, r) => (IEnumerable<Html>)
                [
                    HtmlTable.Text(role.Role),
                    HtmlTable.Number($"roles.{r}.events", role.Events, Numbers.Whole(role.Events)),
                    HtmlTable.Number($"roles.{r}.sum_w", role.SumW, Short(role.SumW)),
                    HtmlTable.Number($"roles.{r}.negative_weight", role.NegativeWeight, Short(role.NegativeWeight)),
                    HtmlTable.Number($"roles.{r}.effective_events", role.EffectiveEvents, Short(role.EffectiveEvents)),
                    HtmlTable.Number($"roles.{r}.count_variance", role.CountVariance, Short(role.CountVariance)),
                ]))}
            {HtmlTable.Of(
                ["check", "outcome", "value", "limit", "standard errors", "in words"],
                result.Checks.Select((check, c) => (IEnumerable<Html>)
                [
                    HtmlTable.Text(check.Check.Replace('_', ' ')),
                    HtmlTable.Text(check.Outcome.Replace('_', ' ')),
                    HtmlTable.Number($"checks.{c}.value", check.Value, Short(check.Value), check.Reason),
                    HtmlTable.Number($"checks.{c}.limit", check.Limit, Short(check.Limit), "no limit of size"),
                    HtmlTable.Number($"checks.{c}.deviations", check.Deviations, Short(check.Deviations), "not asked"),
                    HtmlTable.Text(check.Reason),
                ]))}
            """);

    private static string Short(double? value) => value is { } number ? Numbers.Short(number) : "";
}
