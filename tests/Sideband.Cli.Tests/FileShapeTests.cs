namespace Sideband.Cli.Tests;

/// <summary>
/// Two files side by side fit a screen: no line of C# is longer than the 140 columns that .editorconfig names. And a file is one thing:
/// none of the program is longer than 320 lines.
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

    [Fact]
    public void A_line_of_141_columns_is_found_with_its_number() =>
        TooWide("A.cs", ["", new string('δ', MostColumns), new string('x', MostColumns + 1)]).ShouldBe(["A.cs:3: 141"]);

    private static (string Name, string[] Lines)[] Files(string folder)
    {
        var root = Repository.PathOf(folder);
        (string, string[])[] files =
        [
            .. Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
                .Where(path => !Built.Any(part => path.Contains(part, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal)
                .Select(path => (Path.GetRelativePath(root, path), File.ReadAllLines(path))),
        ];
        files.ShouldNotBeEmpty();
        return files;
    }

    private static string Between(string folder) => $"{Path.DirectorySeparatorChar}{folder}{Path.DirectorySeparatorChar}";

    private static IEnumerable<string> TooWide(string name, string[] lines) =>
        lines.Index().Where(line => line.Item.Length > MostColumns).Select(line => $"{name}:{line.Index + 1}: {line.Item.Length}");

    private static void ShouldBeEmpty(string[] found) => Assert.True(found.Length == 0, string.Join('\n', found));
}
