using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sideband.Events.Writers;
using Sideband.Reporting.Charts;
using Sideband.Reporting.Charts.Svg;
using Sideband.Reporting.Figures;

namespace Sideband.Reporting.Files;

/// <summary>
/// Writes every figure as NAME.vl.json, which any Vega-Lite program draws, its numbers as NAME.csv, and the picture as NAME.svg.
/// </summary>
public static class FigureFiles
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="folder">Where they go.</param>
    /// <param name="figures">The figures of a run.</param>
    /// <param name="withSvg">Whether the pictures are written too.</param>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static void Write(string folder, IEnumerable<Figure> figures, bool withSvg)
    {
        AtomicFile.CreateFolder(folder);
        AtomicFile.Clean(folder);
        foreach (var figure in figures)
        {
            Write(Path.Combine(folder, figure.FileName + ".vl.json"), figure.Standalone(ChartStyle.FileWidth).ToJsonString(Options) + "\n");
            Write(Path.Combine(folder, figure.FileName + ".csv"), figure.Data.ToCsv());
            if (withSvg)
            {
                Write(Path.Combine(folder, figure.FileName + ".svg"), SvgWriter.Write(figure, ChartStyle.FileWidth));
            }
        }
    }

    private static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
