using Sideband.Events.Features;
using Sideband.Events.Readers;

namespace Sideband.Events;

/// <summary>Collects a <see cref="FileSummary"/> in one pass over a file.</summary>
internal sealed class FileSummaryBuilder
{
    private const string DefaultMass = "mjj";
    private const int SpectrumBins = 40;

    private readonly TabularFile _file;
    private readonly FeatureResolver _resolver;
    private readonly string? _massName;
    private readonly FeatureTerm? _mass;
    private readonly List<(string Name, string Type, FeatureTerm Term, ColumnStatistics Statistics)> _columns = [];
    private readonly List<(string Name, string Type, FeatureTerm Term, ColumnStatistics Statistics)> _derived = [];
    private readonly List<double> _masses = [];

    public FileSummaryBuilder(TabularFile file, string? mass)
    {
        _file = file;
        _resolver = new FeatureResolver(file);
        List<string> derivable = [.. _resolver.Derivable];
        List<string> numeric = [.. file.Columns.Where(column => column.IsNumeric).Select(column => column.Name)];
        _massName = mass ?? (derivable.Contains(DefaultMass) || numeric.Contains(DefaultMass) ? DefaultMass : null);
        _mass = _massName is null ? null : _resolver.Find(_massName);
        _columns.AddRange(file.Columns
            .Where(column => column.IsNumeric)
            .Select(column => (column.Name, column.Type, _resolver.FindColumn(column.Name), new ColumnStatistics())));
        _derived.AddRange(derivable.Select(name => (name, "derived", _resolver.Find(name), new ColumnStatistics())));
    }

    /// <summary>Of the rows [<paramref name="start"/>, <paramref name="end"/>).</summary>
    public FileSummary Build(long start, long end)
    {
        long? background = null, signal = null, unknown = null;
        if (_file.Columns.Any(column => column is { Name: ColumnRequest.Label, IsNumeric: true }))
        {
            (background, signal, unknown) = (0, 0, 0);
        }

        foreach (var batch in _file.Read(_resolver.UsedColumns, start, end))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                var eventRow = new EventRow(batch.Columns, row, Jets(batch.Columns, row));
                var mass = _mass?.Value(eventRow) ?? double.NaN;
                _masses.Add(mass);
                foreach (var (name, _, term, statistics) in _columns)
                {
                    var value = term.Value(eventRow);
                    statistics.Add(value, mass);
                    if (name == ColumnRequest.Label)
                    {
                        background += value == 0 ? 1 : 0;
                        signal += value == 1 ? 1 : 0;
                        unknown += value == ColumnRequest.UnknownLabel ? 1 : 0;
                    }
                }

                foreach (var (_, _, term, statistics) in _derived)
                {
                    statistics.Add(term.Value(eventRow), mass);
                }
            }
        }

        return new FileSummary(
            _file.FileName,
            _file.Format,
            end - start,
            Columns(),
            [.. _derived.Select(Summarise)],
            background,
            signal,
            Spectrum(),
            Sets())
        {
            Unknown = unknown,
            Apart = [.. _file.Columns.Where(column => column.IsApart).Select(Unread)],
        };
    }

    private List<ColumnSummary> Columns()
    {
        var summaries = _columns.ToDictionary(column => column.Name, Summarise);
        return
        [
            .. _file.Columns
                .Where(column => !column.IsApart)
                .Select(column => summaries.GetValueOrDefault(column.Name) ?? Unread(column)),
        ];
    }

    private static ColumnSummary Unread(TableColumn column) => new(column.Name, column.Type, null, null, null, 0, 0, null);

    private static ColumnSummary Summarise((string Name, string Type, FeatureTerm Term, ColumnStatistics Statistics) column) =>
        column.Statistics.Summarise(column.Name, column.Type);

    private JetPair Jets(double[][] columns, int row)
    {
        if (_resolver.JetPlaces is not { } places)
        {
            return default;
        }

        var first = Jet.At(columns, row, places.AsSpan(0, 4));
        var second = Jet.At(columns, row, places.AsSpan(4, 4));
        return new JetPair(first with { Mass = Math.Max(first.Mass, 0) }, second with { Mass = Math.Max(second.Mass, 0) });
    }

    private MassHistogram? Spectrum()
    {
        var finite = _masses.Where(double.IsFinite).ToArray();
        if (_massName is null || finite.Length == 0)
        {
            return null;
        }

        var (low, high) = (finite.Min(), finite.Max());
        var counts = new long[SpectrumBins];
        foreach (var mass in finite)
        {
            var bin = high > low ? (int)(((mass / 2) - (low / 2)) / ((high / 2) - (low / 2)) * SpectrumBins) : 0;
            counts[Math.Min(bin, SpectrumBins - 1)]++;
        }

        return new MassHistogram(_massName, low, high, counts);
    }

    private List<string> Sets()
    {
        var names = _columns.Select(column => column.Name).Concat(_derived.Select(feature => feature.Name)).ToHashSet();
        return [.. FeatureSets.Names.Where(set => FeatureSets.Resolve(set).All(names.Contains))];
    }
}
