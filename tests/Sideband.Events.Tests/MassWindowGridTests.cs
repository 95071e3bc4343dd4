namespace Sideband.Events.Tests;

/// <summary>Windows from text, with edges that are exactly the decimal numbers that a user reads.</summary>
public sealed class MassWindowGridTests
{
    [Fact]
    public void The_default_is_the_nine_windows_of_the_paper()
    {
        var grid = MassWindowGrid.Default;
        grid.ByNumber.ShouldBeTrue();
        grid.Windows.Select(window => window.Number).ShouldBe(Enumerable.Range(1, 9));

        // Decimal literals: 3.5 + 0.1 (n - 5) -+ 0.2 in binary arithmetic would miss some of them by one bit.
        grid.Windows.Select(window => window.SignalRegion.Low).ShouldBe([2.9, 3.0, 3.1, 3.2, 3.3, 3.4, 3.5, 3.6, 3.7]);
        grid.Windows.Select(window => window.SignalRegion.High).ShouldBe([3.3, 3.4, 3.5, 3.6, 3.7, 3.8, 3.9, 4.0, 4.1]);
    }

    [Theory]
    [InlineData("5", new[] { 5 })]
    [InlineData("1,3-5", new[] { 1, 3, 4, 5 })]
    [InlineData("3-5, 4", new[] { 3, 4, 5 })]
    public void Numbers_keep_the_papers_numbering(string text, int[] numbers)
    {
        var grid = Parse(text);
        grid.ByNumber.ShouldBeTrue();
        grid.Windows.Select(window => window.Number).ShouldBe(numbers);
        grid.Windows[^1].ShouldBe(MassWindowGrid.Default.Windows[numbers[^1] - 1]);
    }

    [Fact]
    public void A_grid_of_centres_includes_both_ends()
    {
        var grid = Parse("3.1:3.9:0.1:0.4");
        grid.ByNumber.ShouldBeFalse();
        grid.Windows.ShouldBe(MassWindowGrid.Default.Windows);
        Parse("4:4:1:1").Windows.ShouldBe([new MassWindow(1, new MassInterval(3.5, 4.5))]);
        Parse("4:5.9:1:1").Windows.Count.ShouldBe(2);
    }

    [Fact]
    public void Explicit_intervals_are_numbered_as_they_stand()
    {
        Parse("3.3:3.7,3.4:3.8").Windows.ShouldBe(
            [new MassWindow(1, new MassInterval(3.3, 3.7)), new MassWindow(2, new MassInterval(3.4, 3.8))]);
        Parse("1e3:2.5e3").Windows.ShouldBe([new MassWindow(1, new MassInterval(1000, 2500))]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("10")]
    [InlineData("5-3")]
    [InlineData("a")]
    [InlineData("1-2-3")]
    [InlineData("3.5")]
    [InlineData("3.3:3.7:0.1")]
    [InlineData("4:6:0:1")]
    [InlineData("6:4:1:1")]
    [InlineData("4:6:1:0")]
    [InlineData("4:6:1:-1")]
    [InlineData("3.3:3.7,4:6:1:1")]
    [InlineData("3.3:x")]
    [InlineData("3.3:NaN")]
    [InlineData("0:1e9:1:1")]
    [InlineData("1:1e40")]
    public void Other_texts_name_the_key_the_value_and_what_is_allowed(string text) =>
        Should.Throw<ConfigurationException>(() => Parse(text)).Message.ShouldBe(
            $"windows: '{text}' is not a window grid; "
            + "allowed: window numbers such as 1-9 or 5, START:STOP:STEP:WIDTH of centres, or intervals such as 3.3:3.7,3.4:3.8");

    [Theory]
    [InlineData("3.7:3.3", "3.7:3.3")]
    [InlineData("3.3:3.7,3.4:3.4", "3.4:3.4")]
    public void An_empty_interval_is_named(string text, string interval) =>
        Should.Throw<ConfigurationException>(() => Parse(text)).Message.ShouldStartWith(
            $"windows: '{text}' is not a window grid, LOW must be below HIGH in {interval}; allowed: window numbers ");

    [Theory]
    [InlineData("330:410,330:410,330:410", "the window 330:410 is given 3 times")]
    [InlineData("1:2,3.3:3.7,3.30:3.7", "the window 3.3:3.7 is given 2 times")]
    public void A_window_is_given_once(string text, string what) =>
        Should.Throw<ConfigurationException>(() => Parse(text)).Message.ShouldBe($"windows: {what}; give each once");

    [Fact]
    public void Signal_region_and_sidebands_share_no_event_and_lose_none()
    {
        foreach (var window in MassWindowGrid.Default.Windows)
        {
            var (lower, upper) = window.ShortSidebands(0.2);
            foreach (var edge in (double[])[window.SignalRegion.Low, window.SignalRegion.High])
            {
                foreach (var mass in (double[])[Math.BitDecrement(edge), edge, Math.BitIncrement(edge)])
                {
                    var homes = new[] { lower, window.SignalRegion, upper }.Count(interval => interval.Contains(mass));
                    homes.ShouldBe(1);
                }
            }
        }
    }

    [Theory]
    [InlineData(3.3, 3.7, 3.1, 3.9)] // in binary 3.7 + 0.2 lies above 3.9, and an event of mass 3.9 in the strip
    [InlineData(2.9, 3.3, 2.7, 3.5)] // and 2.9 - 0.2 below 2.7
    [InlineData(3.6, 4.0, 3.4, 4.2)]
    public void Strips_end_at_the_decimal_numbers_that_a_user_reads(double low, double high, double below, double above)
    {
        var window = new MassWindow(1, new MassInterval(low, high));
        var strips = (new MassInterval(below, low), new MassInterval(high, above));
        window.ShortSidebands(0.2).ShouldBe(strips);
        window.ShortSidebands(null).ShouldBe(strips);
        window.Width.ShouldBe(0.4);
    }

    private static MassWindowGrid Parse(string text) => MassWindowGrid.Parse(text, "windows");
}
