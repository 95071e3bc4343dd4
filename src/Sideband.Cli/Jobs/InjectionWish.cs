using Sideband.Events;

namespace Sideband.Cli.Jobs;

/// <summary>What the command line says about an injection scan; null: filled in.</summary>
internal sealed record InjectionWish(
    EventFileSpec? Signal, IReadOnlyList<double>? Strengths, int Draws, IReadOnlyList<int>? Windows, string? From);
