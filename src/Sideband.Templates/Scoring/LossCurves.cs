namespace Sideband.Templates.Scoring;

/// <summary>Training curves of several trainings as one.</summary>
public static class LossCurves
{
    /// <summary>Mean by iteration over the trainings that got so far.</summary>
    public static double[] Mean<T>(IReadOnlyList<T> trainings, Func<T, IReadOnlyList<double>> curve) =>
        [.. Enumerable.Range(0, trainings.Max(training => curve(training).Count)).Select(i =>
        {
            var (sum, count) = (0.0, 0);
            foreach (var training in trainings)
            {
                (sum, count) = i < curve(training).Count ? (sum + curve(training)[i], count + 1) : (sum, count);
            }

            return sum / count;
        })];
}
