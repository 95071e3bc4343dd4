using System.Text.Encodings.Web;
using System.Text.Json;
using Sideband.Events.Writers;

namespace Sideband.Search.Scores;

/// <summary>What <c>sideband score</c> writes for one file: NAME.json, and NAME_window_N.npz with every event's score.</summary>
/// <param name="Schema">"sideband.score/1".</param>
/// <param name="File">The scored file's name.</param>
/// <param name="Sha256">Hash of its bytes.</param>
/// <param name="Events">Events used.</param>
/// <param name="Dropped">Reason and number of events that were left out.</param>
/// <param name="Note">What a reader must know; null where there is nothing.</param>
/// <param name="Windows">One a searched window.</param>
public sealed record ScoredFile(
    string Schema,
    string File,
    string Sha256,
    int Events,
    IReadOnlyDictionary<string, long> Dropped,
    string? Note,
    IReadOnlyList<ScoredWindow> Windows)
{
    public const string SchemaName = "sideband.score/1";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="OutputException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Options));

    /// <summary>Row, mass, score and whether it was trained on, of every scored event in the order of the file's rows.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void WriteScores(string path, EventScores scores) => NpzWriter.Write(path, archive =>
    {
        var rows = scores.Events.Rows.ToArray();
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        Array.Sort((int[])rows.Clone(), order);
        archive.Add<int>("row", Array.ConvertAll(order, i => rows[i]));
        archive.Add<double>("mass", Array.ConvertAll(order, i => scores.Events.Mass[i]));
        archive.Add<float>("score", Array.ConvertAll(order, i => scores.Scores[i]));
        archive.Add<byte>("trained_on", Array.ConvertAll(order, i => scores.TrainedOn[i] ? (byte)1 : (byte)0));
    });
}

/// <summary>The efficiencies of one file in one window.</summary>
/// <param name="Number">The window's number.</param>
/// <param name="Low">Its lower limit.</param>
/// <param name="High">Its upper limit.</param>
/// <param name="TrainedOn">Events that the search was trained on, among those in the window.</param>
/// <param name="Unscored">Scored events without a score of their own; they never pass.</param>
/// <param name="All">Of all events.</param>
/// <param name="Signal">Of those of label 1; null where labels are unknown.</param>
/// <param name="Background">Of those of label 0; null where labels are unknown.</param>
public sealed record ScoredWindow(
    int Number,
    double Low,
    double High,
    int TrainedOn,
    int Unscored,
    IReadOnlyList<ScoredEfficiency> All,
    IReadOnlyList<ScoredEfficiency>? Signal,
    IReadOnlyList<ScoredEfficiency>? Background)
{
    /// <param name="scores">Scores in the window.</param>
    public static ScoredWindow Of(EventScores scores)
    {
        var inside = scores.Events.IndicesIn(scores.Window.SignalRegion);
        return new ScoredWindow(
            scores.Window.Number,
            scores.Window.SignalRegion.Low,
            scores.Window.SignalRegion.High,
            inside.Count(i => scores.TrainedOn[i]),
            scores.Unscored,
            scores.Efficiencies(null),
            scores.Events.HasLabels ? scores.Efficiencies(1) : null,
            scores.Events.HasLabels ? scores.Efficiencies(0) : null);
    }
}
