using System.Globalization;
using Sideband.Inference.BumpHunt;

namespace Sideband.Inference.Tests.BumpHunt;

public class BumpHunterScanTests
{
    private static readonly double[][] Rows =
        [.. Reference.Lines("tests/Reference/bumphunt/bumphunter.csv").Skip(1).Select(line =>
            line.Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray())];

    private static readonly double[] Data = [.. Rows.Select(row => row[0])];
    private static readonly double[] Background = [.. Rows.Select(row => row[1])];

    [Fact]
    public void The_published_file_has_the_published_interval_and_p_values()
    {
        var scan = BumpHunterScan.Of(Data, Background, new(), new ToyStreams(1, "scan"));
        (scan.FirstBin, scan.Bins, scan.Intervals, scan.WithoutReference).ShouldBe((16, 4, 285, 0));
        scan.LocalPValue.Value!.Value.ShouldBe(1.7341068e-4, 5e-12);
        scan.Excess.ShouldBe(208);

        // Published 0.0177 from 10,000 toys; both have a binomial error of 0.0013.
        scan.GlobalPValue.Value!.Value.ShouldBe(0.0177, 3 * 0.0013 * Math.Sqrt(2));
        BumpHunterScan.Of(Data, Background, new(), new ToyStreams(1, "scan")).ShouldBe(scan);
    }

    [Fact]
    public void Normalised_to_the_sidebands()
    {
        var scan = BumpHunterScan.Of(Data, Background, new() { NormaliseToSidebands = true, Toys = 0 }, new ToyStreams(1));
        (scan.FirstBin, scan.Bins).ShouldBe((16, 4));
        scan.LocalPValue.Value!.Value.ShouldBe(1.5205e-4, 5e-9);
        scan.Excess.ShouldBe(209.946, 5e-4);
        scan.GlobalPValue.Reason.ShouldBe("no toys were asked for");
    }

    [Fact]
    public void The_global_p_value_of_background_is_uniform()
    {
        double[] reference = [.. Enumerable.Range(0, 30).Select(i => 400 * Math.Exp(-0.12 * i))];
        var below = 0;
        for (var toy = 0; toy < 200; toy++)
        {
            var data = ToyStreams.Counts(new ToyStreams(2, "data")[toy], reference);
            var scan = BumpHunterScan.Of(data, reference, new() { Toys = 100 }, new ToyStreams(3, $"{toy}"));
            below += scan.GlobalPValue.Value <= 0.2 ? 1 : 0;
        }

        // Binomial error 0.028.
        (below / 200.0).ShouldBe(0.2, 0.085);
    }

    [Fact]
    public void Degenerate_histograms()
    {
        var settings = new BumpHunterSettings { Toys = 10 };
        BumpHunterScan.Of([1, 2, 3], [0, 0, 0], settings, new ToyStreams(1)).LocalPValue.Reason.ShouldBe("the reference holds no event");
        BumpHunterScan.Of([1, double.NaN, 3], [1, 1, 1], settings, new ToyStreams(1)).LocalPValue.Reason!.ShouldStartWith("bin 1 holds");
        BumpHunterScan.Of([0, 0, 0], [5, 5, 5], settings, new ToyStreams(1)).LocalPValue.Reason.ShouldBe("no interval has an excess");

        // Data where the reference is empty: no p-value, and said so.
        BumpHunterScan.Of([9, 0, 0, 9, 9], [9, 0, 0, 9, 9], settings, new ToyStreams(1)).WithoutReference.ShouldBe(0);
        BumpHunterScan.Of([9, 4, 4, 9, 9], [9, 0, 0, 9, 9], settings, new ToyStreams(1)).WithoutReference.ShouldBe(1);
        BumpHunterScan.Of([3, 9, 9, 2, 1], [0, 9, 9, 0, 0], settings, new ToyStreams(1)).BeyondReference.ShouldBe(6);
        BumpHunterScan.Of([9], [5], settings, new ToyStreams(1)).LocalPValue.Reason.ShouldBe("1 bins hold no interval of 2");
        Should.Throw<ArgumentOutOfRangeException>(() => BumpHunterScan.Of([1], [1, 2], settings, new ToyStreams(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => BumpHunterScan.Of([1], [1], settings with { WidestBins = 1 }, new ToyStreams(1)));
    }
}
