namespace Sideband.Search.Experiments;

/// <summary>What was asked for beside a search (experiments.json): whatever collects the search again takes it in.</summary>
/// <param name="Calibrations">One a kind; the last asked for is the last.</param>
/// <param name="Injection">The injection scan; null where there is none.</param>
/// <param name="Limit">How limits are quoted.</param>
public sealed record RequestedExperiments(
    IReadOnlyList<CalibrationRequest> Calibrations, InjectionRequest? Injection = null, LimitRequest? Limit = null)
{
    public const string SchemaName = "sideband.experiments/1";

    public static RequestedExperiments None { get; } = new([]);

    public string Schema { get; init; } = SchemaName;

    /// <summary>The same with a calibration: of a kind that was asked for before the larger number of experiments stays, and
    /// their spectra.</summary>
    public RequestedExperiments With(CalibrationRequest request)
    {
        var earlier = Calibrations.FirstOrDefault(other => other.Kind == request.Kind);
        var larger = request with
        {
            Experiments = Math.Max(request.Experiments, earlier?.Experiments ?? 0),
            Spectra = request.Spectra || earlier?.Spectra == true,
        };
        return this with { Calibrations = [.. Calibrations.Where(other => other.Kind != request.Kind), larger] };
    }
}
