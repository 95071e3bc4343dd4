namespace Sideband.Events.Tests;

/// <summary>What the disk says against a file names the file.</summary>
public sealed class NamedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        var gone = _folder.PathOf("gone");
        Should.Throw<InputDataException>(() => NamedFile.Text(gone)).Message.ShouldBe($"{gone}: cannot be read: no such file");
        var folder = Path.GetDirectoryName(gone)!;
        Should.Throw<InputDataException>(() => NamedFile.Bytes(folder)).Message
            .ShouldBe($"{folder}: cannot be read: permission denied");
        NamedFile.Text(_folder.Write("there", "a")).ShouldBe("a\n");
    }
}
