namespace Sideband.Cli.Tests;

/// <summary>
/// Two files side by side fit a screen: no line of C# is longer than the 140 columns that .editorconfig names. And a file is one thing:
/// none of the program is longer than 320 lines. Its bytes are UTF-8 without a mark, its lines end with a line feed.
/// </summary>
public sealed class FileShapeTests
{
    private const int MostColumns = 140;
    private const int MostLines = 320;

    private static readonly string[] Built = [Between("bin"), Between("obj")];

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("benchmarks")]
    [InlineData("validation")]
    public void No_line_is_longer_than_140_columns(string folder) =>
        ShouldBeEmpty([.. Files(folder).SelectMany(file => TooWide(file.Name, file.Lines))]);

    [Fact]
    public void No_file_of_the_program_is_longer_than_320_lines() =>
        ShouldBeEmpty([.. Files("src").Where(file => file.Lines.Length > MostLines).Select(file => $"{file.Name}: {file.Lines.Length}")]);

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("benchmarks")]
    [InlineData("validation")]
    public void Bytes_are_what_editorconfig_says(string folder) =>
        ShouldBeEmpty([.. Paths(folder).SelectMany(path => Wrong(Path.GetFileName(path), File.ReadAllBytes(path)))]);

    [Fact]
    public void Wrong_bytes_are_found() =>
        Wrong("A.cs", [0xEF, 0xBB, 0xBF, .. "a \r\nb"u8]).ShouldBe(
            ["A.cs: a byte order mark", "A.cs: a carriage return", "A.cs: not one line feed at its end"]);

    [Fact]
    public void A_line_of_141_columns_is_found_with_its_number() =>
        TooWide("A.cs", ["", new string('δ', MostColumns), new string('x', MostColumns + 1)]).ShouldBe(["A.cs:3: 141"]);

    private static (string Name, string[] Lines)[] Files(string folder) =>
        [.. Paths(folder).Select(path => (Path.GetRelativePath(Repository.PathOf(folder), path), File.ReadAllLines(path)))];

    private static string[] Paths(string folder)
    {
        string[] paths =
        [
            .. Directory.GetFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
                .Where(path => !Built.Any(part => path.Contains(part, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
        ];
        paths.ShouldNotBeEmpty();
        return paths;
    }

    private static string Between(string folder) => $"{Path.DirectorySeparatorChar}{folder}{Path.DirectorySeparatorChar}";

    private static IEnumerable<string> TooWide(string name, string[] lines) =>
        lines.Index().Where(line => line.Item.Length > MostColumns).Select(line => $"{name}:{line.Index + 1}: {line.Item.Length}");

    // The build has checked spaces already (IDE0055).
    private static IEnumerable<string> Wrong(string name, byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith("\uFEFF"u8))
        {
            yield return $"{name}: a byte order mark";
        }

        if (bytes.Contains((byte)'\r'))
        {
            yield return $"{name}: a carriage return";
        }

        if (bytes is not [.., not (byte)'\n', (byte)'\n'])
        {
            yield return $"{name}: not one line feed at its end";
        }
    }

    private static void ShouldBeEmpty(string[] found) => Assert.True(found.Length == 0, string.Join('\n', found));
}
