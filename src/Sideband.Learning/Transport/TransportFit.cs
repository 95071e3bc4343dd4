namespace Sideband.Learning.Transport;

/// <summary>What the training of a transport gave: a transport, or the reason why there is none.</summary>
/// <param name="Transport">Null if the training failed.</param>
/// <param name="Failure">Why it failed, in one line; null for a success.</param>
/// <param name="TrainingLoss">
/// Mean over each epoch's training steps: of flow matching of the velocity's squared error, of splines of the targets' negative
/// log-density, in standardised features.
/// </param>
/// <param name="ValidationLoss">
/// The same on the validation's targets after each epoch, the same pairs, times and masses every time.
/// </param>
public sealed record TransportFit(
    EventTransport? Transport,
    string? Failure,
    IReadOnlyList<double> TrainingLoss,
    IReadOnlyList<double> ValidationLoss)
{
    public bool Succeeded => Transport is not null;

    internal static TransportFit Failed(string reason) => new(null, reason, [], []);
}
