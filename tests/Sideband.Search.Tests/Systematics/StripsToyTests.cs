using Sideband.Inference;
using Sideband.Inference.Counting;
using Sideband.Numerics;
using Sideband.Search.Systematics;

namespace Sideband.Search.Tests.Systematics;

/// <summary>The two strips beside each of nine sliding windows, without and with a signal in some of them.</summary>
public sealed class StripsToyTests
{
    private const double Error = 0.1;

    private static readonly Window[] Strips =
    [
        .. Enumerable.Range(0, 9).SelectMany(n => (Window[])[Strip(n, 27 + n), Strip(n, 33 + n)]),
    ];

    [Theory]
    [InlineData(false, 0, -0.04, 0.02)] // -0.11 where the highest is always left out
    [InlineData(true, 0, -0.05, 0.03)] // -0.22
    [InlineData(true, 3, 0.2, 0.4)]
    [InlineData(true, 5, 0, 0.12)]
    [InlineData(true, 7, -0.04, 0.05)]
    public void The_mean_of_strips_is_right_without_a_signal_and_with_a_strong_one(
        bool sharedEvents, double signal, double low, double high)
    {
        // Mean of delta_sys over 3,000 searches in units of one strip's error, whose own error is 0.007. The signal is that many errors
        // in the strip from 3.4, and half of that in those that share half of it: 12 of 18 strips have none.
        const int searches = 3000;
        var stream = RandomStream.For(4, "strips");
        var sum = 0.0;
        for (var search = 0; search < searches; search++)
        {
            double[] cells = [.. Enumerable.Range(0, 18).Select(_ => stream.NextGaussian())];
            WindowShift[] strips = [.. Strips.Select(strip => Shift(strip, (signal * InSignal(strip))
                + (sharedEvents ? (cells[Cell(strip)] + cells[Cell(strip) + 1]) / Math.Sqrt(2) : stream.NextGaussian())))];
            sum += SystematicShift.Over(StripsEstimate.WithoutLargestExcess(strips)).Mean.Value!.Value / Error;
        }

        (sum / searches).ShouldBeInRange(low, high);
    }

    [Fact]
    public void A_shift_that_all_strips_share_leaves_none_out()
    {
        // 10 errors everywhere; the first strip has more events, and so is the most significant one.
        WindowShift[] strips = [.. Strips.Select((strip, i) => Shift(strip, 10) with
        {
            StatisticalVariance = Measured.Of(Error * Error / (i == 0 ? 4 : 1)),
        })];
        StripsEstimate.WithoutLargestExcess(strips).Count.ShouldBe(18);
    }

    private static Window Strip(int n, int low) => new(n + 1, low / 10.0, (low + 2) / 10.0);

    private static int Cell(Window strip) => (int)Math.Round(10 * strip.Low) - 27;

    private static double InSignal(Window strip) => Math.Max(0, 1 - (Math.Abs(Cell(strip) - 7) / 2.0));

    private static WindowShift Shift(Window strip, double z) =>
        new(strip, RunStatistics.Of([Measured.Of(z * Error)]), Measured.Of(Error * Error));
}
