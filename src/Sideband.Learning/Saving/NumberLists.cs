namespace Sideband.Learning.Saving;

/// <summary>Numbers one after the other, without their count.</summary>
internal static class NumberLists
{
    public static void WriteAll(this BinaryWriter writer, ReadOnlySpan<double> numbers)
    {
        foreach (var number in numbers)
        {
            writer.Write(number);
        }
    }

    public static void WriteAll(this BinaryWriter writer, ReadOnlySpan<float> numbers)
    {
        foreach (var number in numbers)
        {
            writer.Write(number);
        }
    }

    public static void WriteAll(this BinaryWriter writer, ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers)
        {
            writer.Write(number);
        }
    }

    public static double[] ReadDoubles(this BinaryReader reader, int count) => Read(count, reader.ReadDouble);

    public static float[] ReadSingles(this BinaryReader reader, int count) => Read(count, reader.ReadSingle);

    public static int[] ReadInts(this BinaryReader reader, int count) => Read(count, reader.ReadInt32);

    private static T[] Read<T>(int count, Func<T> next)
    {
        var numbers = new T[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = next();
        }

        return numbers;
    }
}
