using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;
using Sideband.Numerics;

namespace Sideband.Inference.Tests;

/// <summary>Recomputes the table of worked numbers in CONVENTIONS.md: the document and the program say the same.</summary>
public class WorkedNumbersTests
{
    private static readonly Dictionary<string, Func<Inputs, double>> Formulas = new()
    {
        ["window low edge"] = x => Windows.Sliding((int)x["n"]).Low,
        ["window high edge"] = x => Windows.Sliding((int)x["n"]).High,
        ["R_c"] = x => Threshold.At(x["eps_B"], new ScoreDistribution(x.Floats("scores"), x.List("weights"))).Score,
        ["eps_B"] = x => Value(Count(x).EffectiveEfficiency),
        ["sigma_exp,stat"] = x => Math.Sqrt(Value(Count(x).TemplateVariance)),
        ["delta_sys,n"] = x => Value(WindowShift.OfRun(Count(x))),
        ["n_ind"] = x => Window.IndependentCount(x.Windows()),
        ["delta_sys"] = x => Value(Shift(x).Mean),
        ["s"] = x => Value(Shift(x).Spread),
        ["uncertainty of delta_sys"] = x => Value(Shift(x).Uncertainty),
        ["MC (+) SB"] = x => Value(SystematicShift.Combine(SystematicShift.Fixed(x["mc"]), SystematicShift.Fixed(x["sideband"])).Mean),
        ["sigma_sys, rule paper"] = x => Value(SigmaSystematicRule.Paper.Apply(Shift(x))),
        ["sigma_sys, rule spread"] = x => Value(SigmaSystematicRule.Spread.Apply(Shift(x))),
        ["N_exp"] = x => Value(Background(x).Expected),
        ["sigma_exp"] = x => Value(Background(x).SigmaExp),
        ["sigma_stat"] = x => Value(Background(x).SigmaStat),
        ["S"] = x => Value(Significance.Of(x["N_obs"], x["N_exp"], x["sigma_exp2"])),
        ["S, gaussian"] = x => (x["N_obs"] - x["N_exp"]) / Math.Sqrt(x["N_exp"] + (x["N_exp"] * x["N_exp"] * x["sigma_exp2"])),
        ["N_obs needed"] = x => Value(Significance.RequiredObserved(x["N_exp"], x["sigma_exp2"], x["S"])),
        ["p_local"] = x => NormalDistribution.PValue(x["S"]),
        ["n_eff of the verdict"] = x => Verdict(x).EffectiveWindows,
        ["p of the mean"] = x => Value(Verdict(x).MeanPValue),
        ["p of the excesses"] = x => Value(Verdict(x).ExcessPValue),
        ["SIC"] = x => new SicPoint(x["eps_S"], x["eps_B"]).Sic,
        ["AUC"] = x => RocCurve.Of(new ScoreDistribution(x.Floats("signal")), new ScoreDistribution(x.Floats("background"))).Auc,
        ["KS"] = x => KolmogorovSmirnov.Statistic(x.Floats("signal"), x.Floats("background")),
    };

    public static TheoryData<string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string>();
        var table = Reference.Lines("CONVENTIONS.md")
            .SkipWhile(line => !line.StartsWith("<!-- worked numbers", StringComparison.Ordinal))
            .Skip(3)
            .TakeWhile(line => line.StartsWith('|'));
        foreach (var line in table)
        {
            var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
            rows.Add(cells[0], cells[1], cells[2]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_document_says_what_the_program_computes(string name, string inputs, string value) =>
        Formulas[name](new Inputs(inputs)).ShouldBe(Reference.Parse(value), HalfOfLastDigit(value), $"{name} ({inputs})");

    [Fact]
    public void Every_formula_has_a_worked_number() =>
        Rows().Select(row => row.Data.Item1).Distinct().ShouldBe(Formulas.Keys, ignoreOrder: true);

    /// <summary>Half a unit of the last digit printed, a little more for what lies exactly in between.</summary>
    private static double HalfOfLastDigit(string value)
    {
        var parts = value.Split('e');
        var decimals = parts[0].Contains('.', StringComparison.Ordinal)
            ? parts[0].Length - parts[0].IndexOf('.', StringComparison.Ordinal) - 1
            : 0;
        var exponent = parts.Length > 1 ? Reference.Parse(parts[1]) : 0;
        return 0.51 * Math.Pow(10, exponent - decimals);
    }

    private static double Value(Measured measured) => measured.Value ?? throw new InvalidOperationException(measured.Reason);

    private static WindowCount Count(Inputs x)
    {
        var (total, pass) = ((long)x["N_BT"], (long)x["N_BT_pass"]);
        var template = new EventCount(total, x.Get("sum_w", total), total);
        var passing = new EventCount(pass, x.Get("sum_w_pass", pass), x.Get("sum_w2_pass", pass));
        return WindowCount.Of(
            x.Get("eps_B", 0.01),
            [
                new FoldCount(
                    EventCount.Unweighted((long)x.Get("N_SR", 1)),
                    EventCount.Unweighted((long)x.Get("N_obs", 0)),
                    template,
                    passing),
            ],
            (long)x.Get("distinct", total));
    }

    private static ExpectedBackground Background(Inputs x) =>
        ExpectedBackground.Of(Count(x), Measured.Of(x["delta_sys"]), Measured.Of(x.Get("sigma_sys", 0)));

    private static SystematicShift Shift(Inputs x) => SystematicShift.Over(
        [.. x.List("delta_n").Select((delta, i) => new WindowShift(
            Windows.Sliding(i + 1),
            RunStatistics.Of([Measured.Of(delta)]),
            Measured.Of(x.Get("s_stat2", 0))))]);

    /// <summary>The windows judged, and the largest excess in a window far above them.</summary>
    private static ValidationVerdict Verdict(Inputs x)
    {
        var windows = x.Windows();
        var significances = x.Has("S") ? x.List("S") : new double[windows.Count];
        return ValidationVerdict.Of(
            [(new Window(0, 8, 8.4), Measured.Of(20)), .. windows.Select((window, i) => (window, Measured.Of(significances[i])))]);
    }

    /// <summary>"a = 1, b = 1;2;3" by name.</summary>
    private sealed class Inputs(string text)
    {
        private readonly Dictionary<string, double[]> _values = text.Split(", ")
            .Select(part => part.Split(" = "))
            .ToDictionary(pair => pair[0], pair => pair[1].Split(';').Select(Reference.Parse).ToArray());

        public double this[string name] => _values[name].ShouldHaveSingleItem();

        public bool Has(string name) => _values.ContainsKey(name);

        public double Get(string name, double otherwise) => Has(name) ? this[name] : otherwise;

        public double[] List(string name) => Has(name) ? _values[name] : [];

        public float[] Floats(string name) => [.. List(name).Select(value => (float)value)];

        public IReadOnlyList<Window> Windows() => [.. List("n").Select(n => Tests.Windows.Sliding((int)n))];
    }
}
