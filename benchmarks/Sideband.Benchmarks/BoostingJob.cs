using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Sideband.Learning.Boosting;
using Sideband.Numerics;

namespace Sideband.Benchmarks;

/// <summary>
/// Trains one ensemble, after a small one that makes the runtime compile all it needs (start-up, as the peers' imports are), on the rows of
/// a folder (shape.json, train.f32 and test.f32 column by column, labels.u8), scores the test rows into scores_ours.f32 and prints one line
/// of JSON with the times.
/// </summary>
internal static class BoostingJob
{
    public static int Run(string folder, int members, int threads, ulong seed)
    {
        var shape = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "shape.json"))).RootElement;
        var rows = shape.GetProperty("train").GetInt32();
        var features = shape.GetProperty("features").GetInt32();
        var train = Columns(Path.Combine(folder, "train.f32"), rows, features);
        var test = Columns(Path.Combine(folder, "test.f32"), shape.GetProperty("test").GetInt32(), features);
        var labels = File.ReadAllBytes(Path.Combine(folder, "labels.u8"));

        var few = train.Select(column => column[..Math.Min(rows, 4000)]).ToArray();
        Fit(SortedColumns.Of(few), labels[..few[0].Length], 2, threads, seed).Score(few, new float[few[0].Length]);

        var (cpu, wall) = (Environment.CpuUsage.TotalTime.TotalSeconds, Stopwatch.GetTimestamp());
        var sorted = SortedColumns.Of(train, threads);
        var binCpu = Environment.CpuUsage.TotalTime.TotalSeconds - cpu;
        var ensemble = Fit(sorted, labels, members, threads, seed);
        var (fitCpu, fitWall) = (Environment.CpuUsage.TotalTime.TotalSeconds - cpu, Stopwatch.GetElapsedTime(wall).TotalSeconds);

        (cpu, wall) = (Environment.CpuUsage.TotalTime.TotalSeconds, Stopwatch.GetTimestamp());
        var scores = new float[test[0].Length];
        ensemble.Score(test, scores);
        var (predictCpu, predictWall) = (Environment.CpuUsage.TotalTime.TotalSeconds - cpu, Stopwatch.GetElapsedTime(wall).TotalSeconds);

        File.WriteAllBytes(Path.Combine(folder, "scores_ours.f32"), MemoryMarshal.AsBytes(scores.AsSpan()).ToArray());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"fit_cpu": {{fitCpu:F4}}, "fit_wall": {{fitWall:F4}}, "bin_cpu": {{binCpu:F4}},"""
            + $$""" "predict_cpu": {{predictCpu:F4}}, "predict_wall": {{predictWall:F4}},"""
            + $$""" "iterations": {{ensemble.Members.Average(m => m.Training.IterationsRun):F2}},"""
            + $$""" "failures": {{ensemble.Failures.Count}},"""
            + $$""" "peak_mb": {{Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0}}}"""));
        return ensemble.Succeeded ? 0 : 1;
    }

    private static TreeEnsemble Fit(SortedColumns columns, byte[] labels, int members, int threads, ulong seed) => EnsembleTrainer.Fit(
        columns, [.. Enumerable.Range(0, labels.Length)], labels, [], members, new BoostingOptions { Keep = KeepIterations.Last },
        member => RandomStream.For(seed, "benchmark", $"member {member}"), threads, CancellationToken.None);

    private static float[][] Columns(string file, int rows, int features)
    {
        var columns = new float[features][];
        using var stream = File.OpenRead(file);
        for (var f = 0; f < features; f++)
        {
            columns[f] = new float[rows];
            stream.ReadExactly(MemoryMarshal.AsBytes(columns[f].AsSpan()));
        }

        return columns;
    }
}
