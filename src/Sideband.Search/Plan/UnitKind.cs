namespace Sideband.Search.Plan;

/// <summary>The stage of the search that a unit does (density -> sample -> train and score a fold).</summary>
public enum UnitKind
{
    /// <summary>The density of one window's sidebands, for one run, and its quality.</summary>
    Density,

    /// <summary>A template drawn from the density and, where the method has one, the latent map of the events.</summary>
    Sample,

    /// <summary>The scores of one fold.</summary>
    Fold,
}
