using Sideband.Inference.Calibration;

namespace Sideband.Inference.Tests.Calibration;

public class CalibrationCurveTests
{
    [Fact]
    public void Evenly_spread_p_values_lie_on_the_diagonal()
    {
        var curve = CalibrationCurve.Of([.. Enumerable.Range(1, 1000).Select(i => Measured.Of(i / 1000.0))], [0.1, 0.01, 1e-4]);
        curve.Points[0].True.Fraction.ShouldBe(0.1);
        curve.Points[0].Quoted.Value.ShouldBe(0.1);
        curve.Points[1].Quoted.Value.ShouldBe(0.01);
        curve.Points[0].True.Low.ShouldBe(0.1 - 0.0095, 0.001); // sqrt(0.1 x 0.9/1000)
        curve.Points[0].QuotedLow.Value!.Value.ShouldBe(0.09, 0.002);
        curve.Points[0].QuotedHigh.Value!.Value.ShouldBe(0.11, 0.002);
        curve.Points[2].Quoted.Reason.ShouldBe("1000 experiments do not reach a p-value of 0.0001");
        curve.Points[2].True.High.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Failed_experiments_are_counted_and_none_at_all_gives_no_curve()
    {
        var curve = CalibrationCurve.Of([Measured.Of(0.2), Measured.Undefined("diverged")], [0.5]);
        (curve.Experiments, curve.Failed).ShouldBe((1, 1));
        CalibrationCurve.Of([Measured.Undefined("diverged")], [0.5]).Points.ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => CalibrationCurve.Of([Measured.Of(0.2)], [0]));
    }

    [Theory] // Clopper and Pearson's interval of 95 %; closed forms: 1 - 0.025^(1/n) of none in n; 5 of 50 from their tables.
    [InlineData(0, 20, 0, 0.16843)]
    [InlineData(20, 20, 0.83157, 1)]
    [InlineData(5, 50, 0.03328, 0.21814)]
    public void Binomial_intervals_are_those_of_Clopper_and_Pearson(int count, int trials, double low, double high)
    {
        var interval = BinomialInterval.Of(count, trials, 0.95);
        interval.Low.ShouldBe(low, 1e-5);
        interval.High.ShouldBe(high, 1e-5);
        interval.Fraction.ShouldBe((double)count / trials);
    }
}
