using System.Text.Json.Nodes;

namespace Sideband.Reporting.Exports;

/// <summary>A workspace in an export.</summary>
/// <param name="Name">Its file.</param>
/// <param name="Content">See <see cref="Workspace"/>.</param>
/// <param name="Signal">What mu = 1 is, in words.</param>
internal sealed record NamedWorkspace(string Name, JsonObject Content, string Signal);
