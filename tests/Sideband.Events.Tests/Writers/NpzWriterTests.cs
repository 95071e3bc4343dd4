using Sideband.Events.Readers;
using Sideband.Events.Writers;

namespace Sideband.Events.Tests.Writers;

public sealed class NpzWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back()
    {
        var path = _folder.PathOf("a.npz");
        NpzWriter.Write(path, Fill);
        using var file = NpzFile.Open(path);
        file.Shape("matrix").ShouldBe([2, 3]);
        file.Read<float>("matrix").ShouldBe([1f, 2f, 3f, 4f, 5f, 6f]);
        file.Read<double>("vector").ShouldBe([0.1, double.NaN]);
        file.Read<short>("short").ShouldBe([(short)-1]);
        file.Read<byte>("empty").ShouldBe([]);
        file.ReadStrings("names").ShouldBe(["mjj", "", "\u0394m"]);
    }

    [Fact]
    public void The_same_arrays_give_the_same_bytes()
    {
        NpzWriter.Write(_folder.PathOf("a.npz"), Fill);
        NpzWriter.Write(_folder.PathOf("b.npz"), Fill);
        File.ReadAllBytes(_folder.PathOf("a.npz")).ShouldBe(File.ReadAllBytes(_folder.PathOf("b.npz")));
    }

    [Fact]
    public void A_shape_must_fit()
    {
        using var writer = new NpzWriter(new MemoryStream());
        Should.Throw<ArgumentException>(() => writer.Add<float>("x", [1, 2, 3], 2, 2));
    }

    [Fact]
    public void A_full_disk_is_one_clear_line()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "/dev/full stands for the full disk");
        var path = _folder.PathOf("a.npz");
        Should.Throw<OutputException>(() => NpzWriter.Write(path, _ => FullDisk.Write("x"u8)))
            .Message.ShouldBe($"{path}: cannot be written: no space left on device");
        File.Exists(path).ShouldBeFalse();
    }

    private static void Fill(NpzWriter writer)
    {
        writer.Add<float>("matrix", [1, 2, 3, 4, 5, 6], 2, 3);
        writer.Add<double>("vector", [0.1, double.NaN]);
        writer.Add<short>("short", [-1]);
        writer.Add<byte>("empty", []);
        writer.AddStrings("names", ["mjj", "", "\u0394m"]);
    }
}
