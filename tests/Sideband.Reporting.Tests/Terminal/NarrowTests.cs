using System.Globalization;
using Sideband.Reporting.Terminal;

namespace Sideband.Reporting.Tests.Terminal;

/// <summary>Tables on narrow terminals: other tables, not broken cells.</summary>
public class NarrowTests
{
    [Theory]
    [InlineData(150, 1)]
    [InlineData(80, 2)]
    [InlineData(64, 2)]
    public void The_result_is_one_table_or_one_a_working_point(int width, int tables)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var console = Consoles.Create(writer, redirected: true);
        console.Profile.Width = width;
        ScanTable.Write(console, ScanResults.Typical());
        var lines = writer.ToString().Split('\n');
        lines.ShouldAllBe(line => line.Length <= width);
        lines.Count(line => line.Contains('─', StringComparison.Ordinal)).ShouldBe(tables);

        // Each cell is whole: the interval and the significance stand in one line of each table.
        lines.Count(line => line.Contains("3.3 - 3.7 ", StringComparison.Ordinal) && line.Contains("◀ +", StringComparison.Ordinal))
            .ShouldBe(tables);
        lines.Any(line => line.Contains("51,234", StringComparison.Ordinal)).ShouldBe(width > 70);
    }
}
