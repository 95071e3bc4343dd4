using System.Text.RegularExpressions;
using Sideband.Events.Readers;

namespace Sideband.Events.Features;

/// <summary>
/// Finds, for each name, how it is obtained from a file: as a column of that name, or derived from jet momenta. Where the file has
/// both jets' momenta and masses, <c>mj1</c> is the lighter jet's mass in TeV; the column of that name is the first jet's, in GeV.
/// </summary>
internal sealed partial class FeatureResolver
{
    private static readonly string[] JetColumns = ["pxj1", "pyj1", "pzj1", "mj1", "pxj2", "pyj2", "pzj2", "mj2"];

    private static readonly Dictionary<string, Func<JetPair, double>> JetQuantities = new()
    {
        ["mjj"] = jets => jets.Mjj,
        ["mj1"] = jets => jets.LighterMass,
        ["delta_mj"] = jets => jets.MassDifference,
        ["delta_r"] = jets => jets.DeltaR,
    };

    private readonly TabularFile _file;
    private readonly HashSet<string> _available;
    private readonly List<string> _used = [];
    private readonly List<bool> _required = [];
    private bool _requiring;

    public FeatureResolver(TabularFile file)
    {
        _file = file;
        _available = [.. file.Columns.Select(column => column.Name)];
        HasJets = JetColumns.All(_available.Contains);
    }

    /// <summary>True where momenta and masses of two jets are there.</summary>
    public bool HasJets { get; }

    /// <summary>The file's columns that the terms found so far use, in the order in which batches must hold them.</summary>
    public IReadOnlyList<string> UsedColumns => _used;

    /// <summary>Of each used column, whether mass or weight depends on it, so that NaN always drops the event.</summary>
    public IReadOnlyList<bool> IsRequired => _required;

    /// <summary>Places in <see cref="UsedColumns"/> of px, py, pz and m of both jets, or null where no term needs them.</summary>
    public int[]? JetPlaces { get; private set; }

    /// <summary>Features that are derived from this file's columns, since it has no column of that name.</summary>
    public IEnumerable<string> Derivable
    {
        get
        {
            if (!HasJets)
            {
                return [];
            }

            var ratios = Enumerable.Range(2, 8).SelectMany(n => new[] { $"tau{n}{n - 1}_j1", $"tau{n}{n - 1}_j2" });
            string[] shifted = ["mj1" + FeatureSets.ShiftedSuffix, "delta_mj" + FeatureSets.ShiftedSuffix];
            string[] all = [.. JetQuantities.Keys, .. ratios.Where(HasTaus), .. shifted];
            return all.Where(name => name == "mj1" || !_available.Contains(name));
        }
    }

    /// <summary>The term of a name.</summary>
    /// <param name="name">Column or derivable feature.</param>
    /// <param name="required">True for mass and weight.</param>
    /// <exception cref="InputDataException">Neither a column nor derivable.</exception>
    public FeatureTerm Find(string name, bool required = false)
    {
        _requiring = required;
        return Resolve(name);
    }

    /// <summary>The term of a column as it stands in the file.</summary>
    public FeatureTerm FindColumn(string name) => new ColumnTerm(Use(name));

    private FeatureTerm Resolve(string name)
    {
        if (HasJets && name == "mj1")
        {
            return UseJets(JetQuantities[name]);
        }

        if (_available.Contains(name))
        {
            return new ColumnTerm(Use(name));
        }

        if (HasJets && JetQuantities.TryGetValue(name, out var quantity))
        {
            return UseJets(quantity);
        }

        if (HasJets && HasTaus(name))
        {
            return UseTaus(name);
        }

        if (name is "mj1" + FeatureSets.ShiftedSuffix or "delta_mj" + FeatureSets.ShiftedSuffix)
        {
            return new ShiftedTerm(Resolve(name[..^FeatureSets.ShiftedSuffix.Length]), Resolve("mjj"));
        }

        throw MissingColumn.Error(_file.FileName, name, _available.Concat(Derivable).Distinct());
    }

    private JetTerm UseJets(Func<JetPair, double> quantity)
    {
        JetPlaces = [.. JetColumns.Select(Use)];
        return new JetTerm(quantity);
    }

    private TauRatioTerm UseTaus(string name)
    {
        JetPlaces = [.. JetColumns.Select(Use)];
        var match = TauPattern().Match(name);
        var (numerator, denominator) = (match.Groups[1].Value, match.Groups[2].Value);
        return new TauRatioTerm(
            match.Groups[3].Value == "2",
            [Use($"tau{numerator}j1"), Use($"tau{numerator}j2")],
            [Use($"tau{denominator}j1"), Use($"tau{denominator}j2")]);
    }

    private bool HasTaus(string name)
    {
        var match = TauPattern().Match(name);
        return match.Success && match.Groups[1].Value[0] == match.Groups[2].Value[0] + 1
            && new[] { match.Groups[1].Value, match.Groups[2].Value }.All(
                n => _available.Contains($"tau{n}j1") && _available.Contains($"tau{n}j2"));
    }

    private int Use(string column)
    {
        var place = _used.IndexOf(column);
        if (place < 0)
        {
            place = _used.Count;
            _used.Add(column);
            _required.Add(false);
        }

        _required[place] |= _requiring;
        return place;
    }

    /// <summary>tau21_j1, tau32_j2: tau_N/tau_(N-1) of the lighter (j1) or the heavier jet (j2).</summary>
    [GeneratedRegex("^tau([1-9])([1-9])_j([12])$")]
    private static partial Regex TauPattern();
}
