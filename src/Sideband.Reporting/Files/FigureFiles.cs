using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sideband.Events.Writers;
using Sideband.Reporting.Figures;

namespace Sideband.Reporting.Files;

/// <summary>Writes every figure as NAME.vl.json, which any Vega-Lite program draws, and its numbers as NAME.csv.</summary>
public static class FigureFiles
{
    private const int Width = 480;

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static void Write(string folder, IEnumerable<Figure> figures)
    {
        AtomicFile.CreateFolder(folder);
        AtomicFile.Clean(folder);
        foreach (var figure in figures)
        {
            Write(Path.Combine(folder, figure.FileName + ".vl.json"), figure.Standalone(Width).ToJsonString(Options) + "\n");
            Write(Path.Combine(folder, figure.FileName + ".csv"), figure.Data.ToCsv());
        }
    }

    private static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
