using System.IO.Compression;
using System.Text;
using Sideband.Events.Readers;

namespace Sideband.Events.Tests.Readers;

/// <summary>Text files divided and named in each of the usual ways.</summary>
public sealed class TextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("CSV", "m,x,y", "1,2,3")]
    [InlineData("CSV", "# made by hand", "m,x,y", "1,2,3")]
    [InlineData("CSV", "# m,x,y", "1,2,3")]
    [InlineData("CSV", "# m x y", "1,2,3")]
    [InlineData("text separated by tabs", "m\tx\ty", "1\t2\t3")]
    [InlineData("text separated by semicolons", "m;x;y", "1;2;3")]
    [InlineData("text separated by blanks", "# first line", "#   m   x   y", "  1.0   2.0   3.0")]
    [InlineData("text separated by blanks", "m x y", "1 2 3")]
    public void The_separator_and_the_names_are_found(string format, params string[] lines)
    {
        using var file = TabularFiles.Open(_folder.Write("a.txt", [.. lines, "", "# between", lines[^1].Replace('1', '4')]));
        file.Format.ShouldBe(format);
        file.Columns.Select(column => column.Name).ShouldBe(["m", "x", "y"]);
        file.RowCount.ShouldBe(2);
        Fixtures.Column(file, "m", 0, 2).ShouldBe([1.0, 4.0]);
        Fixtures.Column(file, "y", 1, 2).ShouldBe([3.0]);
    }

    [Fact]
    public void A_quoted_name_may_hold_the_separator()
    {
        using var file = TabularFiles.Open(_folder.Write("a.csv", "m,\"pt1, lead\",y", "1,2,3"));
        file.Columns.Select(column => column.Name).ShouldBe(["m", "pt1, lead", "y"]);
        Fixtures.Column(file, "pt1, lead", 0, 1).ShouldBe([2.0]);
    }

    [Fact]
    public void Gzip_is_unpacked_also_in_several_members_and_a_cut_or_changed_file_is_refused()
    {
        byte[] packed = [.. Pack("m,x\n1,2\n"), .. Pack("3,4\n5,6\n")];
        File.WriteAllBytes(_folder.PathOf("a.csv.gz"), packed);
        using (var file = TabularFiles.Open(_folder.PathOf("a.csv.gz")))
        {
            file.Format.ShouldBe("CSV, gzip");
            Fixtures.Column(file, "x", 0, 3).ShouldBe([2.0, 4.0, 6.0]);
        }

        // Cut within a member; and one byte of the first checksum changed.
        byte[][] damaged =
        [
            packed[..^1],
            packed[..^9],
            packed[..((packed.Length / 2) - 3)],
            Changed(packed, Pack("m,x\n1,2\n").Length - 7),
        ];
        foreach (var bytes in damaged)
        {
            File.WriteAllBytes(_folder.PathOf("a.csv.gz"), bytes);
            Should.Throw<InputDataException>(() => TabularFiles.Open(_folder.PathOf("a.csv.gz"))).Message
                .ShouldStartWith("a.csv.gz: cut short or damaged: ");
        }
    }

    [Fact]
    public void Names_in_a_comment_must_be_as_many_as_the_fields() =>
        Should.Throw<InputDataException>(() => TabularFiles.Open(_folder.Write("a.txt", "# m x", "1 2 3"))).Message
            .ShouldBe("a.txt: the comment in line 1 has 2 names, line 2 has 3 fields");

    private static byte[] Pack(string text)
    {
        var memory = new MemoryStream();
        using (var stream = new GZipStream(memory, CompressionLevel.Optimal))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return memory.ToArray();
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] ^= 1;
        return changed;
    }
}
