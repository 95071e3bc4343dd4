using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Parquet;
using Parquet.Schema;
using Sideband.Events;
using Sideband.Events.Readers;

namespace Sideband.Benchmarks;

/// <summary>
/// Loads a table as a search does (hash of the file, all rows, events' identities) and prints the process's CPU time and peak memory;
/// writes the same events for other readers; loads damaged copies of a file.
/// </summary>
internal static class ReadersJob
{
    private const int RowGroup = 250_000;

    /// <summary>Loads mass and features of one file; labels, which the copies do not have, are left out of the comparison.</summary>
    public static int Load(string spec, string mass, string features)
    {
        var loaded = EventReader.Load(EventFileSpec.Parse(spec), new ColumnRequest(mass, features.Split(',')));
        Print(new
        {
            events = loaded.Events.Count,
            fingerprint = loaded.Events.WithoutLabels().Fingerprint(),
            cpu_s = Environment.CpuUsage.TotalTime.TotalSeconds,
            peak_mb = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6,
        });
        return 0;
    }

    /// <summary>Writes columns as FOLDER/NAME.f32, and all as FOLDER/events.parquet.</summary>
    public static int Write(string spec, string names, string folder)
    {
        string[] columns = [.. names.Split(',')];

        // As they stand in the file: features of these names would be derived from the jets.
        using var file = TabularFiles.Open(spec);
        float[][] values =
        [
            .. columns.Select(name => file.Read([name], 0, file.RowCount)
                .SelectMany(batch => batch.Columns[0].Take(batch.Count).Select(value => (float)value).ToArray())
                .ToArray()),
        ];
        foreach (var (name, column) in columns.Zip(values))
        {
            File.WriteAllBytes(Path.Combine(folder, name + ".f32"), MemoryMarshal.AsBytes(column.AsSpan()));
        }

        WriteParquet(Path.Combine(folder, "events.parquet"), columns, values).GetAwaiter().GetResult();
        return 0;
    }

    /// <summary>Loads copies of a file of which one in ten is cut short, the others have one byte or three changed.</summary>
    public static int Damage(string file, string inner, string mass, string features, int copies, string folder)
    {
        var whole = File.ReadAllBytes(file);
        var path = Path.Combine(folder, Path.GetFileName(file));
        var (refused, slowest, largest) = (0, 0.0, 0L);
        for (var seed = 0; seed < copies; seed++)
        {
            File.WriteAllBytes(path, Damaged(whole, new Random(seed)));
            var (before, watch) = (GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
            try
            {
                EventReader.Load(EventFileSpec.Parse(path + inner), new ColumnRequest(mass, features.Split(',')));
            }
            catch (SidebandException)
            {
                refused++;
            }

            slowest = Math.Max(slowest, watch.Elapsed.TotalSeconds);
            largest = Math.Max(largest, GC.GetTotalAllocatedBytes() - before);
        }

        Print(new
        {
            copies,
            refused,
            slowest_s = slowest,
            most_allocated_mb = largest / 1e6,
            peak_mb = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6,
        });
        return 0;
    }

    private static async Task WriteParquet(string path, string[] columns, float[][] values)
    {
        DataField<float>[] fields = [.. columns.Select(name => new DataField<float>(name))];
        await using var stream = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        for (var start = 0; start < values[0].Length; start += RowGroup)
        {
            using var group = writer.CreateRowGroup();
            foreach (var (field, column) in fields.Zip(values))
            {
                await group.WriteAsync<float>(field, column.AsMemory(start, Math.Min(RowGroup, column.Length - start)));
            }
        }
    }

    private static byte[] Damaged(byte[] whole, Random random)
    {
        if (random.Next(10) == 0)
        {
            return whole[..random.Next(1, whole.Length)];
        }

        var bytes = (byte[])whole.Clone();
        for (var change = random.Next(4) == 0 ? 3 : 1; change > 0; change--)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
        }

        return bytes;
    }

    private static void Print(object result) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{JsonSerializer.Serialize(result)}"));
}
