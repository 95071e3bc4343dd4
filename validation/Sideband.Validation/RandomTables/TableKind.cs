namespace Sideband.Validation.RandomTables;

/// <summary>What is special about a table. Table k has kind k modulo their number.</summary>
internal enum TableKind
{
    /// <summary>Smooth features without ends.</summary>
    Continuous,

    /// <summary>Features with hard edges beside smooth ones.</summary>
    HardEdges,

    /// <summary>Whole and rounded numbers.</summary>
    Whole,

    /// <summary>Zeros, flags, limits, and objects that are absent from several features together.</summary>
    PointMasses,

    /// <summary>One feature of each of the kinds above.</summary>
    Mixed,

    /// <summary>The ideal background is thinned and weighted back, in every second table with negative weights too.</summary>
    Weighted,

    /// <summary>Three in ten rows stand there twice.</summary>
    Copies,

    /// <summary>A feature is NaN in one event of ten.</summary>
    MissingValues,
}
