using System.Globalization;
using Sideband.Numerics;

namespace Sideband.Cli.Tests;

/// <summary>
/// Small event files that the tests share, written once: mass m even in [3, 7), features x and y standard normal and free of m;
/// signal with m near 5, x and y near 2.
/// </summary>
public sealed class Toys : IDisposable
{
    /// <summary>
    /// Windows [3.5, 4.5), [4.5, 5.5), [5.5, 6.5) with sidebands of 0.5: about 1,000 data and 1,000 template events each.
    /// </summary>
    private static readonly string[] Common =
    [
        "--mass", "m", "--features", "x,y", "--windows", "4:6:1:1", "--sideband", "0.5", "--working-points", "0.1,0.02",
        "--runs", "1", "--folds", "2", "--members", "2", "--threads", "2",
    ];

    private readonly TemporaryFolder _folder = new();

    public Toys()
    {
        Data = Write("data.csv", 1, 4000, 0, label: false);
        MonteCarlo = Write("mc.csv", 2, 4000, 0, label: false);
        Labelled = Write("labelled.csv", 3, 4000, 200, label: true);
        Signal = Write("signal.csv", 4, 0, 600, label: true);
    }

    public string Data { get; }

    public string MonteCarlo { get; }

    /// <summary>4,000 background events, 200 signal events, with labels.</summary>
    public string Labelled { get; }

    public string Signal { get; }

    /// <summary>The options of a search that takes about a second; later options must not repeat these.</summary>
    public string[] Search(params ReadOnlySpan<string> more) => ["scan", "--data", Data, "--mc", MonteCarlo, .. Common, .. more];

    /// <summary>The same without Monte Carlo and with other data.</summary>
    public static string[] SearchOf(string data, params ReadOnlySpan<string> more) => ["scan", "--data", data, .. Common, .. more];

    /// <summary>The options of <see cref="Search"/> with some of them changed.</summary>
    public string[] SearchWith(string option, string value, params ReadOnlySpan<string> more) => Changed(Search(more), option, value);

    /// <summary>A command line with the value of one option changed.</summary>
    public static string[] Changed(string[] arguments, string option, string value)
    {
        string[] changed = [.. arguments];
        changed[Array.IndexOf(changed, option) + 1] = value;
        return changed;
    }

    /// <summary>The options of <see cref="Search"/> for a method that trains no classifier.</summary>
    public string[] SearchWithoutClassifier(params ReadOnlySpan<string> more)
    {
        var search = Search(more);
        var members = Array.IndexOf(search, "--members");
        return [.. search[..members], .. search[(members + 2)..]];
    }

    /// <summary>Lines of events: m, x, y and, if asked for, label.</summary>
    internal static string[] Lines(ulong seed, int background, int signal, bool label)
    {
        var random = RandomStream.For(seed, "toy");
        var lines = new List<string> { label ? "m,x,y,label" : "m,x,y" };
        for (var i = 0; i < background + signal; i++)
        {
            var (m, x, y) = i < background
                ? (3 + (4 * random.NextDouble()), random.NextGaussian(), random.NextGaussian())
                : (5 + (0.1 * random.NextGaussian()), 2 + (0.2 * random.NextGaussian()), 2 + (0.2 * random.NextGaussian()));
            lines.Add(
                string.Create(CultureInfo.InvariantCulture, $"{m},{(float)x},{(float)y}") + (label ? i < background ? ",0" : ",1" : ""));
        }

        return [.. lines];
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string name, ulong seed, int background, int signal, bool label) =>
        _folder.Write(name, Lines(seed, background, signal, label));
}
