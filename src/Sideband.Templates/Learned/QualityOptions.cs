using Sideband.Learning.Boosting;

namespace Sideband.Templates.Learned;

/// <summary>The classifier that judges templates against data.</summary>
/// <param name="Boosting">Options of its trees.</param>
public sealed record QualityOptions(BoostingOptions Boosting);
