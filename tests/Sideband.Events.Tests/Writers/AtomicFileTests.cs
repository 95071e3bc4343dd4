using Sideband.Events.Writers;

namespace Sideband.Events.Tests.Writers;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_older_file_is_replaced_as_a_whole()
    {
        var path = _folder.Write("a.txt", "old and longer");
        AtomicFile.Write(path, stream => stream.Write("new"u8));
        File.ReadAllText(path).ShouldBe("new");
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    [Fact]
    public void A_folder_that_takes_no_file_is_told_by_the_name_that_was_given()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "no /proc on this machine");
        Should.Throw<OutputException>(() => AtomicFile.Write("/proc/x.html", stream => stream.WriteByte(0))).Message
            .ShouldBe("/proc/x.html: cannot be written: no file can be made there");
        var inside = new string('y', 300);
        Should.Throw<OutputException>(() => AtomicFile.Write(_folder.PathOf(inside), stream => stream.WriteByte(0))).Message
            .ShouldNotContain(".tmp");
    }

    [Fact]
    public async Task Whoever_reads_while_it_is_written_gets_the_old_content_or_the_new()
    {
        var path = _folder.PathOf("file");
        AtomicFile.Write(path, stream => stream.WriteByte(0));
        var writes = Task.Run(() =>
        {
            for (var i = 1; i <= 300; i++)
            {
                AtomicFile.Write(path, stream => stream.WriteByte((byte)i));
            }
        });
        while (!writes.IsCompleted)
        {
            File.ReadAllBytes(path).Length.ShouldBe(1);
        }

        await writes;
    }

    [Fact]
    public async Task A_file_that_is_held_for_a_moment_is_read_when_it_is_free()
    {
        var path = _folder.PathOf("held");
        Task<int> read;
        using (var held = Disk.Create(path))
        {
            held.WriteByte(7);
            held.Flush();
            read = Task.Run(() =>
            {
                using var stream = Disk.OpenRead(path);
                return stream.ReadByte();
            });
            (await Task.WhenAny(read, Task.Delay(300))).ShouldNotBe(read);
        }

        (await read).ShouldBe(7);
    }

    [Fact]
    public void A_failure_leaves_the_older_file_and_no_temporary()
    {
        var path = _folder.Write("a.txt", "old");
        Should.Throw<InvalidOperationException>(() => AtomicFile.Write(path, _ => throw new InvalidOperationException()));
        File.ReadAllLines(path).ShouldBe(["old"]);
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    [Fact]
    public void A_full_disk_is_one_clear_line()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "/dev/full stands for the full disk");
        var path = _folder.Write("a.txt", "old");
        var error = Should.Throw<OutputException>(() => AtomicFile.Write(path, _ => FullDisk.Write("new"u8)));
        error.Message.ShouldBe($"{path}: cannot be written: no space left on device");
        error.ExitCode.ShouldBe(3);
        File.ReadAllLines(path).ShouldBe(["old"]);
    }

    [Fact]
    public void A_missing_folder_is_one_clear_line()
    {
        var path = _folder.PathOf("none/a.txt");
        Should.Throw<OutputException>(() => AtomicFile.Write(path, _ => { }))
            .Message.ShouldBe($"{path}: cannot be written: no such folder");
    }
}
