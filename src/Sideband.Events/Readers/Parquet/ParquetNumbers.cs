using System.Numerics;
using Parquet;
using Parquet.Schema;

namespace Sideband.Events.Readers.Parquet;

/// <summary>The numbers of a column in a row group, as doubles.</summary>
internal static class ParquetNumbers
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(float)] = "float32",
        [typeof(double)] = "float64",
        [typeof(sbyte)] = "int8",
        [typeof(short)] = "int16",
        [typeof(int)] = "int32",
        [typeof(long)] = "int64",
        [typeof(byte)] = "uint8",
        [typeof(ushort)] = "uint16",
        [typeof(uint)] = "uint32",
        [typeof(ulong)] = "uint64",
        [typeof(bool)] = "bool",
    };

    public static bool IsNumber(Type type) => Names.ContainsKey(type);

    /// <summary>"float32", or what a column holds instead of numbers.</summary>
    public static string NameOf(Type type) => Names.GetValueOrDefault(
        type,
        type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? "text"
            : type == typeof(ReadOnlyMemory<byte>) ? "bytes"
            : type.Name);

    /// <param name="reader">Of the row group.</param>
    /// <param name="field">One whose type <see cref="IsNumber"/>.</param>
    /// <param name="rows">Of the row group.</param>
    public static Task<double[]> ReadAsync(ParquetRowGroupReader reader, DataField field, int rows) => field.ClrType switch
    {
        var type when type == typeof(float) => ReadAsync<float>(reader, field, rows),
        var type when type == typeof(double) => ReadAsync<double>(reader, field, rows),
        var type when type == typeof(sbyte) => ReadAsync<sbyte>(reader, field, rows),
        var type when type == typeof(short) => ReadAsync<short>(reader, field, rows),
        var type when type == typeof(int) => ReadAsync<int>(reader, field, rows),
        var type when type == typeof(long) => ReadAsync<long>(reader, field, rows),
        var type when type == typeof(byte) => ReadAsync<byte>(reader, field, rows),
        var type when type == typeof(ushort) => ReadAsync<ushort>(reader, field, rows),
        var type when type == typeof(uint) => ReadAsync<uint>(reader, field, rows),
        var type when type == typeof(ulong) => ReadAsync<ulong>(reader, field, rows),
        _ => ReadBoolAsync(reader, field, rows),
    };

    private static async Task<double[]> ReadAsync<T>(ParquetRowGroupReader reader, DataField field, int rows)
        where T : unmanaged, INumberBase<T>
    {
        var numbers = new double[rows];
        if (field.IsNullable)
        {
            var values = new T?[rows];
            await reader.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
            for (var i = 0; i < rows; i++)
            {
                numbers[i] = values[i] is { } value ? double.CreateChecked(value) : double.NaN;
            }
        }
        else
        {
            var values = new T[rows];
            await reader.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
            for (var i = 0; i < rows; i++)
            {
                numbers[i] = double.CreateChecked(values[i]);
            }
        }

        return numbers;
    }

    private static async Task<double[]> ReadBoolAsync(ParquetRowGroupReader reader, DataField field, int rows)
    {
        var numbers = new double[rows];
        var values = new bool?[rows];
        if (field.IsNullable)
        {
            await reader.ReadAsync<bool>(field, values.AsMemory()).ConfigureAwait(false);
        }
        else
        {
            var plain = new bool[rows];
            await reader.ReadAsync<bool>(field, plain.AsMemory()).ConfigureAwait(false);
            values = [.. plain];
        }

        for (var i = 0; i < rows; i++)
        {
            numbers[i] = values[i] switch { null => double.NaN, true => 1, false => 0 };
        }

        return numbers;
    }
}
