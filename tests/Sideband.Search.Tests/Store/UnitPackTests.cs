using System.Security.Cryptography;
using System.Text;
using Sideband.Search.Store;

namespace Sideband.Search.Tests.Store;

/// <summary>A file of finished units: whatever happened to it, nothing is read that was not written.</summary>
public sealed class UnitPackTests : IDisposable
{
    private const string Engine = "8";

    private static readonly (string Key, byte[] Product)[] Units =
    [
        (new string('a', 32), [1, 2, 3, 4, 5]),
        (new string('b', 32), []),
        (new string('c', 32), [.. Enumerable.Range(0, 40).Select(i => (byte)i)]),
    ];

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.PathOf("pack.units");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read()
    {
        var written = UnitPack.Write(Path, Engine, Units);
        Readable().ShouldBe(Units.Select(unit => (unit.Key, Text(unit.Product))));
        written.Select(entry => (entry.Key, Text(entry.Read()))).ShouldBe(Readable());
        UnitPack.Write(_folder.PathOf("again.units"), Engine, Units);
        File.ReadAllBytes(_folder.PathOf("again.units")).ShouldBe(File.ReadAllBytes(Path));
    }

    [Fact]
    public void A_header_of_any_length_is_read()
    {
        // 80 bytes a unit: below, at and above what is read at first.
        foreach (var count in (int[])[1, 101, 102, 103, 1000])
        {
            (string Key, byte[] Product)[] units =
                [.. Enumerable.Range(0, count).Select(i => (i.ToString("x32", null), (byte[])[(byte)i]))];
            UnitPack.Write(Path, Engine, units);
            Readable().ShouldBe(units.Select(unit => (unit.Key, Text(unit.Product))));
        }
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x80)]
    [InlineData(0xff)]
    public void A_flipped_byte_is_never_believed(byte mask)
    {
        UnitPack.Write(Path, Engine, Units);
        var whole = File.ReadAllBytes(Path);
        for (var position = 0; position < whole.Length; position++)
        {
            byte[] changed = [.. whole];
            changed[position] ^= mask;
            File.WriteAllBytes(Path, changed);
            ShouldBelieveLess($"byte {position}");
        }
    }

    [Fact]
    public void A_file_that_is_cut_short_is_never_believed()
    {
        UnitPack.Write(Path, Engine, Units);
        var whole = File.ReadAllBytes(Path);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            ShouldBelieveLess($"length {length}");
        }
    }

    [Fact]
    public void A_product_that_is_changed_leaves_the_others_readable()
    {
        UnitPack.Write(Path, Engine, Units);
        var whole = File.ReadAllBytes(Path);
        whole[^1] ^= 1;
        File.WriteAllBytes(Path, whole);
        var entries = UnitPack.ReadIndex(Path, Engine);
        entries[0].Read().ShouldBe(Units[0].Product);
        Should.Throw<InvalidDataException>(() => entries[2].Read()).Message.ShouldBe($"unit {Units[2].Key} was changed");
    }

    [Fact]
    public void Another_engine_is_named()
    {
        UnitPack.Write(Path, "6", Units);
        Should.Throw<InvalidDataException>(() => UnitPack.ReadIndex(Path, Engine)).Message.ShouldBe("it was made by engine 6, this is 8");
    }

    [Fact]
    public void Another_format_is_named_even_where_its_hash_is_right()
    {
        UnitPack.Write(Path, Engine, Units);
        var whole = File.ReadAllBytes(Path);
        var headerLength = 8 + 4 + 2 + 4 + (Units.Length * (32 + 16 + 32));
        SHA256.HashData(whole.AsSpan(0, headerLength)).ShouldBe(whole[headerLength..(headerLength + 32)]);
        whole[8] = 2;
        SHA256.HashData(whole.AsSpan(0, headerLength)).CopyTo(whole.AsSpan(headerLength));
        File.WriteAllBytes(Path, whole);
        Should.Throw<InvalidDataException>(() => UnitPack.ReadIndex(Path, Engine))
            .Message.ShouldBe("it has format 2, this program reads 1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("a text that somebody put there")]
    public void Another_file_is_refused(string text)
    {
        File.WriteAllText(Path, text);
        Should.Throw<InvalidDataException>(() => UnitPack.ReadIndex(Path, Engine));
    }

    // Nothing but InvalidDataException comes out, some unit is missing, and those that are there are those that were written.
    private void ShouldBelieveLess(string what)
    {
        var readable = Readable();
        readable.Count.ShouldBeLessThan(Units.Length, what);
        readable.ShouldBeSubsetOf(Units.Select(unit => (unit.Key, Text(unit.Product))), what);
    }

    private List<(string Key, string Product)> Readable()
    {
        var readable = new List<(string, string)>();
        try
        {
            foreach (var entry in UnitPack.ReadIndex(Path, Engine))
            {
                try
                {
                    readable.Add((entry.Key, Text(entry.Read())));
                }
                catch (InvalidDataException)
                {
                    // The next may be whole.
                }
            }
        }
        catch (InvalidDataException)
        {
            readable.Clear();
        }

        return readable;
    }

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
