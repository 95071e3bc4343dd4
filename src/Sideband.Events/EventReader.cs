using Sideband.Events.Readers;
using Sideband.Numerics;

namespace Sideband.Events;

/// <summary>
/// Loads events from a file: mass, features, label and weight, with an account of every row that was left out or changed.
/// </summary>
public static class EventReader
{
    /// <summary>Loads the rows of <paramref name="spec"/>. Row numbers in the table are those in the file.</summary>
    /// <param name="spec">File and rows.</param>
    /// <param name="columns">Mass, features and weight.</param>
    /// <param name="filter">Background or signal only; the file must then have a label column.</param>
    /// <exception cref="ConfigurationException">A name with two roles; a row range outside the file.</exception>
    /// <exception cref="InputDataException">A file or column that cannot be used; no event left.</exception>
    public static LoadedEvents Load(EventFileSpec spec, ColumnRequest columns, RowFilter filter = RowFilter.All)
    {
        columns.Validate();
        using var file = TabularFiles.Open(spec.Path);
        if (file.RowCount == 0)
        {
            throw new InputDataException($"{file.FileName}: the file has no rows");
        }

        var until = spec.EndIn(file.RowCount);
        if (until > int.MaxValue)
        {
            throw new InputDataException(
                $"{file.FileName}: rows up to {until} are asked for (allowed: up to {int.MaxValue}; "
                + "choose some with FILE[first:after_last])");
        }

        var builder = new EventBuilder(file, columns, filter, (int)(until - spec.Start));

        // Hashing reads the file once more, on another core, while the columns are unpacked on this one.
        var hash = Task.Run(() => HashOf(spec.FilePath));
        foreach (var batch in file.Read(builder.Columns, spec.Start, until))
        {
            builder.Add(batch);
        }

        var name = FilePlace.Of(spec.Path).Inner is { } inner ? $"{file.FileName}:{inner}" : file.FileName;
        var source = new EventSource(name, hash.GetAwaiter().GetResult(), file.Place);
        var events = builder.Build(source);
        var account = new InputAccount(
            source.Name, source.Sha256, file.RowCount, spec.Start, until, events.Count,
            builder.Dropped, builder.Repaired, builder.Warnings);
        return events.Count > 0
            ? new LoadedEvents(events, account)
            : throw new InputDataException(
                $"{spec}: no event is left of {account.Read}: "
                + string.Join(", ", account.Dropped.Select(reason => $"{reason.Reason} ({reason.Count})")));
    }

    private static string HashOf(string path) => NamedFile.Read(path, Hash);

    private static string Hash(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(PortableSha256.HashData(stream));
    }
}
