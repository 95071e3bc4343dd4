using System.Text;

namespace Sideband.Learning.Saving;

/// <summary>Text in a payload: its length in bytes and UTF-8.</summary>
internal static class PayloadText
{
    public static void WriteText(this BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }
}
