namespace Sideband.Cli.Tests;

/// <summary>Two files side by side fit a screen: no line of C# is longer than the 140 columns that .editorconfig names.</summary>
public sealed class LineLengthTests
{
    private const int Most = 140;

    private static readonly string[] Built = [Between("bin"), Between("obj")];

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("benchmarks")]
    [InlineData("validation")]
    public void No_line_is_longer_than_140_columns(string folder)
    {
        var root = Repository.PathOf(folder);
        string[] files =
        [
            .. Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
                .Where(path => !Built.Any(part => path.Contains(part, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
        ];
        files.ShouldNotBeEmpty();
        string[] tooLong = [.. files.SelectMany(path => TooLong(Path.GetRelativePath(root, path), File.ReadAllLines(path)))];
        Assert.True(
            tooLong.Length == 0, $"{tooLong.Length} lines of {folder} are longer than {Most} columns:\n{string.Join('\n', tooLong)}");
    }

    [Fact]
    public void A_line_of_141_columns_is_found_with_its_number() =>
        TooLong("A.cs", ["", new string('δ', Most), new string('x', Most + 1)]).ShouldBe(["A.cs:3: 141"]);

    private static string Between(string folder) => $"{Path.DirectorySeparatorChar}{folder}{Path.DirectorySeparatorChar}";

    private static IEnumerable<string> TooLong(string name, string[] lines) =>
        lines.Index().Where(line => line.Item.Length > Most).Select(line => $"{name}:{line.Index + 1}: {line.Item.Length}");
}
