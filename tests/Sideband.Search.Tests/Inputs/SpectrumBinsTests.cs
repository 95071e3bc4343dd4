using Sideband.Events;
using Sideband.Search.Inputs;

namespace Sideband.Search.Tests.Inputs;

public class SpectrumBinsTests
{
    [Fact]
    public void The_limits_of_all_windows_of_a_grid_are_edges_of_joined_bins()
    {
        MassInterval[] windows = [.. MassWindowGrid.Default.Windows.Select(window => window.SignalRegion)];
        foreach (var window in windows)
        {
            var bins = SpectrumBins.Of(new MassInterval(2.31, 8.87), window, windows);
            var joined = bins.Edges.Where((_, edge) => edge % 2 == 0).ToArray();
            foreach (var limit in windows.SelectMany(other => (double[])[other.Low, other.High]))
            {
                joined.Min(edge => Math.Abs(edge - limit)).ShouldBeLessThan(1e-9, $"{limit}");
            }

            // Exactly for the window's own: an event at the limit is on the right side of it.
            joined.ShouldContain(window.Low);
            joined.ShouldContain(window.High);
            bins.Edges[0].ShouldBeLessThanOrEqualTo(2.31);
            bins.Edges[^1].ShouldBeGreaterThanOrEqualTo(8.87);
            bins.Count.ShouldBeInRange(100, 400);
        }
    }

    [Theory]
    [InlineData(200, 1800, 300, 360)]
    [InlineData(3, 7, 3.512345, 4.287651)]
    [InlineData(5, 6, 1, 2)]
    [InlineData(0, 1e9, 100, 101)]
    public void Every_mass_has_its_bin(double low, double high, double windowLow, double windowHigh)
    {
        var window = new MassInterval(windowLow, windowHigh);
        var bins = SpectrumBins.Of(new MassInterval(low, high), window, [window, new MassInterval(windowLow + 0.1234567, windowHigh)]);
        bins.Count.ShouldBeInRange(2, 2002);
        bins.Edges.Zip(bins.Edges.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
        foreach (var (bin, edge) in bins.Edges.SkipLast(1).Index())
        {
            bins.IndexOf(edge).ShouldBe(bin);
            bins.IndexOf(Math.BitDecrement(bins.Edges[bin + 1])).ShouldBe(bin);
        }

        bins.IndexOf(low - 1e12).ShouldBe(0);
        bins.IndexOf(high + 1e12).ShouldBe(bins.Count - 1);
    }
}
