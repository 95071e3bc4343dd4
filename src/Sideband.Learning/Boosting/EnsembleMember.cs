namespace Sideband.Learning.Boosting;

/// <summary>A trained member of an ensemble and the bins of its training half, in which its trees speak.</summary>
public sealed record EnsembleMember(TrainingResult Training, FeatureBinning Binning);
