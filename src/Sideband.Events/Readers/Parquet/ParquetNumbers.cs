using System.Numerics;
using Parquet;
using Parquet.Schema;

namespace Sideband.Events.Readers.Parquet;

/// <summary>The numbers of a column in a row group, as doubles.</summary>
internal static class ParquetNumbers
{
    private delegate Task<double[]> Reader(ParquetRowGroupReader reader, DataField field, int rows);

    private static readonly Dictionary<Type, (string Name, Reader Read)> Numbers = new()
    {
        [typeof(float)] = ("float32", ReadNumbersAsync<float>),
        [typeof(double)] = ("float64", ReadNumbersAsync<double>),
        [typeof(sbyte)] = ("int8", ReadNumbersAsync<sbyte>),
        [typeof(short)] = ("int16", ReadNumbersAsync<short>),
        [typeof(int)] = ("int32", ReadNumbersAsync<int>),
        [typeof(long)] = ("int64", ReadNumbersAsync<long>),
        [typeof(byte)] = ("uint8", ReadNumbersAsync<byte>),
        [typeof(ushort)] = ("uint16", ReadNumbersAsync<ushort>),
        [typeof(uint)] = ("uint32", ReadNumbersAsync<uint>),
        [typeof(ulong)] = ("uint64", ReadNumbersAsync<ulong>),
        [typeof(bool)] = ("bool", (reader, field, rows) => ReadAsync<bool>(reader, field, rows, value => value ? 1 : 0)),
    };

    public static bool IsNumber(Type type) => Numbers.ContainsKey(type);

    /// <summary>"float32", or what a column holds instead of numbers.</summary>
    public static string NameOf(Type type) => Numbers.TryGetValue(type, out var number) ? number.Name
        : type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? "text"
        : type == typeof(ReadOnlyMemory<byte>) ? "bytes"
        : type.Name;

    /// <param name="reader">Of the row group.</param>
    /// <param name="field">One whose type <see cref="IsNumber"/>.</param>
    /// <param name="rows">Of the row group.</param>
    public static Task<double[]> ReadAsync(ParquetRowGroupReader reader, DataField field, int rows) =>
        Numbers[field.ClrType].Read(reader, field, rows);

    private static Task<double[]> ReadNumbersAsync<T>(ParquetRowGroupReader reader, DataField field, int rows)
        where T : struct, INumberBase<T> => ReadAsync<T>(reader, field, rows, double.CreateChecked);

    private static async Task<double[]> ReadAsync<T>(ParquetRowGroupReader reader, DataField field, int rows, Func<T, double> toDouble)
        where T : struct
    {
        if (!field.IsNullable)
        {
            var numbers = new T[rows];
            await reader.ReadAsync<T>(field, numbers.AsMemory()).ConfigureAwait(false);
            return Array.ConvertAll(numbers, number => toDouble(number));
        }

        var values = new T?[rows];
        await reader.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
        return Array.ConvertAll(values, value => value is { } number ? toDouble(number) : double.NaN);
    }
}
