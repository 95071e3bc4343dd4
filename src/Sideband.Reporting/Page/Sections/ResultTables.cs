using System.Globalization;
using Sideband.Reporting.Runs;
using Sideband.Reporting.Terminal;
using Sideband.Reporting.Wording;
using Sideband.Search.Results;

namespace Sideband.Reporting.Page.Sections;

/// <summary>The numbers of results.json as tables.</summary>
internal static class ResultTables
{
    private const string AboutQuality =
        "AUC of a classifier of sideband data against the template there: 0.5 where they cannot be told apart. "
        + "KS: largest distance of the cumulative distributions. Means over runs.";

    /// <summary>The sentence and, below, one line a working point.</summary>
    public static Html Verdicts(ReportedRun run) => Html.Of($"""
        <p class="verdict">{Verdict.Sentence(run)}</p>
        <ul>{run.Result.Validation.Select((verdict, e) => Html.Of(
            $"<li>{Verdict.At(run.Result, verdict, e, Figures.Labels.WorkingPoint(verdict.EpsilonB))}</li>"))}
        {Verdict.Contradicted(run.Result).Select(line => Html.Of($"<li>{line}</li>"))}</ul>
        {(run.Result.Blind && run.Result.Calibrations.Count == 0 ? Html.Empty : Html.Of(
            $"""<p class="note">{PValues.Summary(run.Result, Figures.Labels.WorkingPoint)}.</p>"""))}

        """);

    /// <summary>Every window at every working point, and what the flags mean.</summary>
    public static Html Windows(ScanResult result) => Html.Of($"""
        {WindowTable(result)}
        {(Flags.Footnotes(result, Numbers.Efficiency).ToArray() is { Length: > 0 } notes
            ? Html.Of($"<ul class=\"note\">{notes.Select(note => Html.Of($"<li>{note}</li>"))}</ul>")
            : Html.Empty)}
        """);

    private static Html WindowTable(ScanResult result) => HtmlTable.Of(
        [
            "window", $"{result.Mass} from", "to", "N_SR", "N_BT", "ε_B", "ε_B effective", "N_obs", "N_exp",
            "δ_sys", "σ_sys", "σ_stat", "σ_exp", "S", "spread", "p_local",
            .. result.Calibrations.Count > 0 ? ["p_local calibrated", "p_global", "κ", "S with κ"] : Array.Empty<string>(),
            .. result.Blind ? ["N_obs for 3σ", "5σ"] : Array.Empty<string>(), "flags",
        ],
        result.Windows.SelectMany(window => window.WorkingPoints.Select((point, e) => Row(result, window, point, e))));

    /// <summary>Estimates of delta_sys.</summary>
    public static Html Shifts(ScanResult result) => result.DeltaSys.Count == 0
        ? Html.Of($"<p>No estimate of δ_sys was made; the search used: {result.DeltaSysEstimate}.</p>")
        : HtmlTable.Of(
            ["estimate", "ε_B", "δ_sys", "spread over windows", "uncertainty", "used", "reason"],
            result.DeltaSys.Select((shift, i) => (IEnumerable<Html>)
            [
                HtmlTable.Text(Figures.Labels.Estimate(shift.Estimate)),
                HtmlTable.Number($"delta_sys.{i}.epsilon_b", shift.EpsilonB, Numbers.Efficiency(shift.EpsilonB)),
                HtmlTable.Number($"delta_sys.{i}.mean", shift.Mean, Numbers.Relative(shift.Mean), shift.Reason),
                HtmlTable.Number($"delta_sys.{i}.std", shift.Std, Fixed(shift.Std), shift.Reason),
                HtmlTable.Number($"delta_sys.{i}.uncertainty", shift.Uncertainty, Fixed(shift.Uncertainty), shift.Reason),
                HtmlTable.Text(shift.Estimate == result.DeltaSysEstimate ? "yes" : "for comparison"),
                HtmlTable.Text(shift.Reason),
            ]));

    /// <summary>What is known of the templates beside their counts.</summary>
    public static Html Templates(ScanResult result) => Html.Of($"{Quality(result)}{Weights(result)}");

    // What weighted templates are worth; nothing where no template has weights.
    private static Html Weights(ScanResult result) => result.Windows.All(window => window.LargestWeight is null or 1) ? Html.Empty
        : Html.Of($"""
        <h4>What the template's weights are worth</h4>
        <p class="note">(Σw)²/Σw² events as good as those of weight 1, and the largest weight in units of the mean. First run.</p>
        {HtmlTable.Of(
            ["window", "template events", "worth", "largest weight"],
            result.Windows.Select(window => (IEnumerable<Html>)
            [
                HtmlTable.Number($"windows.{window.Number}.number", window.Number, Numbers.Whole(window.Number)),
                HtmlTable.Number($"windows.{window.Number}.template_events", window.TemplateEvents, Numbers.Whole(window.TemplateEvents)),
                HtmlTable.Text(Numbers.Whole((int)(window.SumW * window.SumW / window.SumW2))),
                HtmlTable.Number($"windows.{window.Number}.largest_weight", window.LargestWeight, Short(window.LargestWeight)),
            ]))}
        """);

    // How well templates describe the sidebands; nothing where none was compared with them.
    private static Html Quality(ScanResult result) => result.TemplateQuality.Count == 0 ? Html.Empty : Html.Of($"""
        <h4>How well the learned template describes the sidebands</h4>
        <p class="note">{AboutQuality}</p>
        {HtmlTable.Of(
            [
                "template by", "sample", "window", "AUC", "spread", "mean ln p",
                .. result.TemplateQuality[0].KolmogorovSmirnov.Select(distance => $"KS {distance.Feature}"),
            ],
            result.TemplateQuality.Select((quality, i) => (IEnumerable<Html>)
            [
                HtmlTable.Text(quality.Source),
                HtmlTable.Text(quality.Sample == "mc" ? "Monte Carlo" : quality.Sample),
                HtmlTable.Number($"template_quality.{i}.number", quality.Number, Numbers.Whole(quality.Number)),
                HtmlTable.Number($"template_quality.{i}.auc.mean", quality.Auc.Mean, Fixed(quality.Auc.Mean), quality.Auc.Reason),
                HtmlTable.Number($"template_quality.{i}.auc.std", quality.Auc.Std, Fixed(quality.Auc.Std), quality.Auc.Reason),
                HtmlTable.Number(
                    $"template_quality.{i}.log_likelihood.mean",
                    quality.LogLikelihood.Mean,
                    Short(quality.LogLikelihood.Mean),
                    quality.LogLikelihood.Reason),
                .. quality.KolmogorovSmirnov.Select((distance, f) => HtmlTable.Number(
                    $"template_quality.{i}.kolmogorov_smirnov.{f}.distance.mean",
                    distance.Distance.Mean,
                    Fixed(distance.Distance.Mean),
                    distance.Distance.Reason)),
            ]))}
        """);

    /// <summary>Performance on test events; nothing where there are none.</summary>
    public static Html Tests(ScanResult result) => result.TestMetrics is not { } metrics ? Html.Empty : HtmlTable.Of(
        [
            "window", "signal events", "background events", "AUC",
            .. result.Windows[0].WorkingPoints.SelectMany(point => (string[])[$"ε_S at {Numbers.Efficiency(point.EpsilonB)}", "SIC"]),
            "largest SIC", "at ε_B", "reason",
        ],
        metrics.Select((window, i) => (IEnumerable<Html>)
        [
            HtmlTable.Number($"test_metrics.{i}.number", window.Number, Numbers.Whole(window.Number)),
            HtmlTable.Number($"test_metrics.{i}.signal", window.Signal, Numbers.Whole(window.Signal)),
            HtmlTable.Number($"test_metrics.{i}.background", window.Background, Numbers.Whole(window.Background)),
            HtmlTable.Number($"test_metrics.{i}.auc", window.Auc, Fixed(window.Auc), window.Reason),
            .. window.WorkingPoints.SelectMany((point, e) => (Html[])
            [
                HtmlTable.Number($"test_metrics.{i}.working_points.{e}.epsilon_s", point.EpsilonS, Fixed(point.EpsilonS), point.Reason),
                HtmlTable.Number($"test_metrics.{i}.working_points.{e}.sic", point.Sic, Short(point.Sic), point.Reason),
            ]),
            HtmlTable.Number($"test_metrics.{i}.max_sic", window.MaxSic, Short(window.MaxSic), window.Reason),
            HtmlTable.Number(
                $"test_metrics.{i}.max_sic_epsilon_b",
                window.MaxSicEpsilonB,
                window.MaxSicEpsilonB?.ToString("0.0e-0", CultureInfo.InvariantCulture) ?? "",
                window.Reason),
            HtmlTable.Text(window.Reason),
        ]));

    /// <summary>Upper limits by every rule; nothing without injections.</summary>
    public static Html Limits(ScanResult result) => result.Limits.Count == 0 ? Html.Empty : HtmlTable.Of(
        [
            "window", "ε_B", "rule", "limit (events)", "S/B", "S/√B", "cross-section [fb]",
            "expected", "68 % from", "to", "95 % from", "to", "coverage (at events)",
        ],
        result.Limits.SelectMany((limit, i) => limit.Rules.Select((rule, r) => LimitRow(limit, rule, FormattableString.Invariant(
            $"limits.{i}.rules.{r}")))));

    private static IEnumerable<Html> LimitRow(LimitResult limit, LimitRuleResult rule, string key)
    {
        var (observed, expected) = (rule.Observed, rule.Expected);
        yield return HtmlTable.Text(Numbers.Whole(limit.Number));
        yield return HtmlTable.Text(Numbers.Efficiency(limit.EpsilonB));
        yield return HtmlTable.Text(rule.Rule);
        yield return HtmlTable.Number($"{key}.observed.strength", observed.Strength, Numbers.Count(observed.Strength), observed.Reason);
        yield return HtmlTable.Number(
            $"{key}.observed.signal_to_background",
            observed.SignalToBackground,
            observed.SignalToBackground?.ToString("G2", CultureInfo.InvariantCulture) ?? "",
            observed.Reason);
        yield return HtmlTable.Number(
            $"{key}.observed.signal_to_root_background",
            observed.SignalToRootBackground,
            Short(observed.SignalToRootBackground),
            observed.Reason);
        yield return HtmlTable.Number(
            $"{key}.observed.cross_section",
            observed.CrossSection,
            observed.CrossSection?.ToString("G3", CultureInfo.InvariantCulture) ?? "",
            observed.Reason);
        (string Name, double? Value)[] edges =
        [
            ("median", expected.Median), ("low_one", expected.LowOne), ("high_one", expected.HighOne),
            ("low_two", expected.LowTwo), ("high_two", expected.HighTwo),
        ];
        foreach (var (name, value) in edges)
        {
            yield return HtmlTable.Number($"{key}.expected.{name}", value, Numbers.Count(value), expected.Reason);
        }

        yield return HtmlTable.Text(string.Join(", ", rule.Coverage.Select(coverage =>
            $"{(coverage.Fraction is { } fraction ? Short(fraction) : "–")} ({Numbers.Count(coverage.Strength)})")));
    }

    private static IEnumerable<Html> Row(ScanResult result, WindowResult window, WorkingPointResult point, int e)
    {
        var key = FormattableString.Invariant($"windows.{window.Number}");
        yield return HtmlTable.Number($"{key}.number", window.Number, Numbers.Whole(window.Number));
        yield return HtmlTable.Number($"{key}.low", window.Low, Numbers.Mass(window.Low));
        yield return HtmlTable.Number($"{key}.high", window.High, Numbers.Mass(window.High));
        yield return HtmlTable.Number($"{key}.events", window.Events, Numbers.Whole(window.Events));
        yield return HtmlTable.Number($"{key}.template_events", window.TemplateEvents, Numbers.Whole(window.TemplateEvents));
        key += FormattableString.Invariant($".working_points.{e}");
        yield return HtmlTable.Number($"{key}.epsilon_b", point.EpsilonB, Numbers.Efficiency(point.EpsilonB));
        yield return HtmlTable.Number(
            $"{key}.epsilon_b_effective",
            point.EpsilonBEffective,
            point.EpsilonBEffective?.ToString("0.00e-0", CultureInfo.InvariantCulture) ?? "",
            point.Reason);
        yield return HtmlTable.Number($"{key}.n_obs.mean", point.NObs.Mean, Numbers.Count(point.NObs.Mean), point.NObs.Reason);
        yield return HtmlTable.Number($"{key}.n_exp.mean", point.NExp.Mean, Numbers.Count(point.NExp.Mean), point.NExp.Reason);
        yield return HtmlTable.Number($"{key}.delta_sys", point.DeltaSys, Numbers.Relative(point.DeltaSys), point.Reason);
        yield return HtmlTable.Number($"{key}.sigma_sys", point.SigmaSys, Fixed(point.SigmaSys), point.Reason);
        yield return HtmlTable.Number($"{key}.sigma_stat", point.SigmaStat, Fixed(point.SigmaStat), point.Reason);
        yield return HtmlTable.Number($"{key}.sigma_exp", point.SigmaExp, Fixed(point.SigmaExp), point.Reason);
        yield return HtmlTable.Number(
            $"{key}.significance.mean",
            point.Significance.Mean,
            point.Significance.Mean is { } s ? Numbers.Signed(s, "0.00") : "",
            point.Significance.Reason);
        yield return HtmlTable.Number(
            $"{key}.significance.std", point.Significance.Std, Short(point.Significance.Std), point.Significance.Reason);
        yield return HtmlTable.Number(
            $"{key}.p_local", point.PLocal, point.PLocal is { } p ? PValues.Power(p) : "", point.Reason);
        if (result.Calibrations.Count > 0)
        {
            yield return Calibrated($"{key}.p_local_calibrated", point.PLocalCalibrated);
            yield return Calibrated($"{key}.p_global", point.PGlobal);
            yield return HtmlTable.Number($"{key}.kappa.value", point.Kappa?.Value, Short(point.Kappa?.Value), point.Kappa?.Reason);
            yield return HtmlTable.Number(
                $"{key}.kappa.significance",
                point.Kappa?.Significance,
                point.Kappa?.Significance is { } corrected ? Numbers.Signed(corrected, "0.00") : "",
                point.Kappa?.Reason);
        }

        if (result.Blind)
        {
            yield return HtmlTable.Number(
                $"{key}.required_n_obs.three_sigma",
                point.RequiredNObs?.ThreeSigma,
                Numbers.Count(point.RequiredNObs?.ThreeSigma),
                point.Reason);
            yield return HtmlTable.Number(
                $"{key}.required_n_obs.five_sigma",
                point.RequiredNObs?.FiveSigma,
                Numbers.Count(point.RequiredNObs?.FiveSigma),
                point.Reason);
        }

        yield return HtmlTable.Text(string.Join(", ", point.Flags));
    }

    private static Html Calibrated(string key, CalibratedPValueResult? p) =>
        HtmlTable.Number(key + ".value", p?.Value, p?.Value is null ? "" : PValues.Of(p).TrimStart('=', ' '), p?.Reason);

    private static string Fixed(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";

    private static string Short(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
