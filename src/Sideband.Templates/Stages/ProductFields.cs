using Sideband.Events.Readers;
using Sideband.Events.Writers;

namespace Sideband.Templates.Stages;

/// <summary>Fields that several products have.</summary>
public static class ProductFields
{
    private const string Failure = "failure";

    public static void AddReason(this NpzWriter archive, string? reason) => archive.AddStrings(Failure, reason is null ? [] : [reason]);

    public static string? ReadReason(this NpzFile file) => file.ReadStrings(Failure) is [var reason] ? reason : null;

    /// <summary>[feature][event] as one matrix; an empty one stands for none.</summary>
    public static void AddColumns(this NpzWriter archive, string name, float[][] columns) =>
        archive.Add<float>(
            name, columns.SelectMany(column => column).ToArray(), columns.Length, columns.Length == 0 ? 0 : columns[0].Length);

    public static float[][] ReadColumns(this NpzFile file, string name)
    {
        var (shape, all) = (file.Shape(name), file.Read<float>(name));
        return [.. Enumerable.Range(0, shape[0]).Select(f => all.AsSpan(f * shape[1], shape[1]).ToArray())];
    }
}
