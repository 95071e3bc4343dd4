using System.Text;
using Sideband.Events.Readers;

namespace Sideband.Events.Tests.Readers;

/// <summary>Bytes that no checksum is over, changed so that another reader of the format refuses the file: refused here, too.</summary>
public sealed class ChangedBytesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Latin-1 text in the file, what takes its place, and what the error says.</summary>
    [Theory]
    [InlineData("matrix.npy", ", } ", ", }0", "a NumPy header that cannot be read")]
    [InlineData("matrix.npy", "'<f8', ", "'<f8Z, ", "a NumPy header that cannot be read")]
    [InlineData("matrix.npy", "'<f8'", "'<f7'", "a NumPy header that cannot be read")]
    [InlineData("matrix.npy", "(60, 4)", "(06, 4)", "a NumPy header that cannot be read")]
    [InlineData("matrix.npy", "(60, 4)", "(60 , )", "a NumPy header that cannot be read")]
    [InlineData("matrix.npy", "NUMPY\u0001\0", "NUMPY\u0001\u0001", "NPY version 1.1 (allowed: 1.0, 2.0, 3.0)")]
    [InlineData("records.npy", "('mj1', '<f4')", "('mj1', '|O4')", "a NumPy header that cannot be read")]
    [InlineData("columns.npz", "mj1.npyPK\u0001\u0002", "mj7.npyPK\u0001\u0002", "not an NPZ archive, or cut short")]
    [InlineData("table_data_columns.h5", "mj1\0\0\0\0\0X\0\0\0", "mj1\0\0\0\0\0H\0\0\0", "member 'mj1' lies within another")]
    [InlineData("hdf5/types.h5", "\0u2l\0", "\0b2l\0", "of a group are not in order")]
    [InlineData("hdf5/types.h5", "\u0008\0\u0018\0\0\0\0\0", "\u0008\0\u001a\0\0\0\0\0", "a message of 26 bytes in the object header")]
    [InlineData("hdf5/types.h5", "\u0001\0\u0001\0\u0001\0\u0001\0", "\u0001\0\u0041\0\u0001\0\u0001\0", "a bool with the value 65")]
    [InlineData("hdf5/types.h5", "\u0011 \u001f\0\u0004\0\0\0", "\u0011 \u001e\0\u0004\0\0\0", "not numbers")]
    public void Is_refused(string name, string text, string changed, string message)
    {
        var path = Change(name, text, changed);
        Should.Throw<InputDataException>(() => ReadAll(path)).Message.ShouldContain(message);
    }

    [Fact]
    public void A_name_beyond_ascii_in_an_old_npy_header_is_latin_1()
    {
        using var file = TabularFiles.Open(Change("records.npy", "'label'", "'l\u00e1bel'"));
        file.Columns[^1].Name.ShouldBe("l\u00e1bel");
    }

    private string Change(string name, string text, string changed)
    {
        var whole = Encoding.Latin1.GetString(File.ReadAllBytes(Fixtures.PathOf(name)));
        var at = whole.IndexOf(text, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0);
        var path = _folder.PathOf(Path.GetFileName(name));
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(whole[..at] + changed + whole[(at + text.Length)..]));
        return path;
    }

    private static void ReadAll(string path)
    {
        using var file = TabularFiles.Open(path);
        string[] names = [.. file.Columns.Select(column => column.Name).Where(name => name is not ("name" or "long_double"))];
        foreach (var _ in file.Read(names, 0, file.RowCount))
        {
        }
    }
}
