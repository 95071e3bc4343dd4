using System.Diagnostics;
using System.Text.Json;
using Sideband.Events;
using Sideband.Events.Readers;

namespace Sideband.Validation;

/// <summary>
/// Reads all columns of many files in one process. Of each path, a line of standard input, it writes a line of JSON: the columns and rows,
/// or the error and its exit code; and the values of its numeric columns to <c>PATH.read</c>, float64, one column after the other.
/// validation/damaged starts it.
/// </summary>
internal static class ReadingJob
{
    public static void Run()
    {
        while (Console.ReadLine() is { } path)
        {
            Console.WriteLine(JsonSerializer.Serialize(Read(path)));
        }
    }

    private static object Read(string path)
    {
        var (watch, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
        try
        {
            var (columns, rows) = Copy(path);
            return new
            {
                columns = columns.Select(column => new { name = column.Name, numeric = column.IsNumeric }).ToArray(),
                rows,
                seconds = watch.Elapsed.TotalSeconds,
                bytes = GC.GetAllocatedBytesForCurrentThread() - before,
            };
        }
        catch (SidebandException error)
        {
            return new { exit = error.ExitCode, error = error.Message, seconds = watch.Elapsed.TotalSeconds };
        }
#pragma warning disable CA1031 // Any other exception is what is looked for.
        catch (Exception error)
        {
            return new { exit = 1, error = error.ToString(), seconds = watch.Elapsed.TotalSeconds };
        }
#pragma warning restore CA1031
    }

    private static (IReadOnlyList<TableColumn> Columns, long Rows) Copy(string path)
    {
        using var file = TabularFiles.Open(path);
        string[] names = [.. file.Columns.Where(column => column.IsNumeric).Select(column => column.Name)];
        var values = Array.ConvertAll(names, _ => new List<double>());
        foreach (var batch in file.Read(names, 0, file.RowCount))
        {
            for (var i = 0; i < names.Length; i++)
            {
                values[i].AddRange(batch.Columns[i].AsSpan(0, batch.Count));
            }
        }

        using var writer = new BinaryWriter(File.Create(path + ".read"));
        foreach (var value in values.SelectMany(column => column))
        {
            writer.Write(value);
        }

        return (file.Columns, file.RowCount);
    }
}
