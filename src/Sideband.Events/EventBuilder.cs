using System.Globalization;
using Sideband.Events.Features;
using Sideband.Events.Readers;

namespace Sideband.Events;

/// <summary>Turns batches of a file's columns into an event table, one event at a time, and counts what it drops and repairs.</summary>
internal sealed class EventBuilder
{
    /// <summary>
    /// A jet mass m = -sqrt(-(E^2 - p^2)) that is negative by rounding alone: single precision leaves |E^2 - p^2| of about 1e-7 E^2,
    /// hence |m| of about 3e-4 p; a few times that is allowed.
    /// </summary>
    private const double RoundingTolerance = 1e-3;

    /// <summary>Of masses and weights: sums of the squares of all events stay finite.</summary>
    private const double Largest = 1e100;

    /// <summary>Of the largest weight: below it sums of squares vanish.</summary>
    private const double SmallestWeight = 1e-100;

    private const string RepairedMass = "negative jet mass by rounding taken as 0";

    private readonly TabularFile _file;
    private readonly ColumnRequest _request;
    private readonly RowFilter _filter;
    private readonly FeatureResolver _resolver;
    private readonly FeatureTerm _massTerm;
    private readonly FeatureTerm[] _featureTerms;
    private readonly int _labelPlace;
    private readonly int _weightPlace;

    private readonly double[] _mass;
    private readonly float[][] _features;
    private readonly SinglePrecision[] _precision;
    private readonly byte[]? _labels;
    private readonly double[]? _weights;
    private readonly int[] _rows;
    private readonly ReasonCounter _dropped = new();
    private readonly ReasonCounter _repaired = new();
    private long _negativeWeights;
    private long _knownLabels;
    private long _unknownLabels;
    private long _signalInBackground;
    private int _count;

    /// <param name="file">The open file.</param>
    /// <param name="request">Checked.</param>
    /// <param name="filter">Background or signal only need a label column.</param>
    /// <param name="capacity">The most events that can come.</param>
    /// <exception cref="InputDataException">A column that is missing.</exception>
    public EventBuilder(TabularFile file, ColumnRequest request, RowFilter filter, int capacity)
    {
        (_file, _request, _filter) = (file, request, filter);
        _resolver = new FeatureResolver(file);
        _massTerm = _resolver.Find(request.Mass, required: true);
        _featureTerms = [.. request.Features.Select(name => _resolver.Find(name))];
        var columns = new List<string>(_resolver.UsedColumns);
        _weightPlace = Place(columns, request.Weight);
        var hasLabel = file.Columns.Any(column => column.Name == ColumnRequest.Label);
        if (filter is RowFilter.BackgroundOnly or RowFilter.SignalOnly && !hasLabel)
        {
            throw new InputDataException($"{file.FileName}: no column '{ColumnRequest.Label}', which choosing {Describe(filter)} needs");
        }

        _labelPlace = Place(columns, hasLabel ? ColumnRequest.Label : null);
        Columns = columns;

        _mass = new double[capacity];
        _features = [.. _featureTerms.Select(_ => new float[capacity])];
        _precision = [.. _featureTerms.Select(_ => new SinglePrecision())];
        _labels = hasLabel ? new byte[capacity] : null;
        _weights = request.Weight is null ? null : new double[capacity];
        _rows = new int[capacity];
    }

    /// <summary>The file's columns that each batch must hold.</summary>
    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<ReasonCount> Dropped => _dropped.Counts;

    public IReadOnlyList<ReasonCount> Repaired => _repaired.Counts;

    public IReadOnlyList<string> Warnings =>
    [
        .. _negativeWeights > 0 ? [$"{_file.FileName}: {_negativeWeights} negative weights in '{_request.Weight}'"] : Array.Empty<string>(),
        .. LabelsAreUnknown && _knownLabels > 0
            ? [$"{_file.FileName}: {_unknownLabels} labels are -1, unknown: the other labels are not used"]
            : Array.Empty<string>(),
        .. Losses(isTooMuch: false),
    ];

    // Labels of some events say nothing of a sample: they are known for all or for none.
    private bool LabelsAreUnknown => _unknownLabels > 0 && !TakesSignal;

    private bool TakesSignal => _filter is RowFilter.SignalOnly or RowFilter.SignalIfLabelled;

    /// <summary>Takes the events of a batch.</summary>
    /// <exception cref="InputDataException">A label other than 0 and 1.</exception>
    public void Add(in ColumnBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            if (DropReason(batch, row) is { } reason)
            {
                _dropped.Add(reason);
            }
            else
            {
                _count++;
            }
        }
    }

    /// <summary>The table of all events that were kept.</summary>
    /// <exception cref="InputDataException">
    /// Signal among events that must be background; a feature of which single precision leaves nothing; weights whose squares are 0.
    /// </exception>
    public EventTable Build(EventSource source)
    {
        if (_signalInBackground > 0)
        {
            throw new InputDataException(
                $"{_file.FileName}: {_signalInBackground} events have label 1, signal, where background is needed; "
                + "--background-only drops them in every role");
        }

        if (Losses(isTooMuch: true).FirstOrDefault() is { } lost)
        {
            throw new InputDataException(lost);
        }

        if (LargestWeight() is > 0 and < SmallestWeight and var largest)
        {
            throw new InputDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{_file.FileName}: column '{_request.Weight}': the largest weight is {largest:G3} in size "
                + $"(allowed: 1e-100 to 1e100, or 0); multiply the column by a factor"));
        }

        return new EventTable(
            _request.Mass,
            Trim(_mass),
            _request.Features,
            [.. _features.Select(Trim)],
            [source],
            new short[_count],
            Trim(_rows),
            _labels is null || LabelsAreUnknown ? null : Trim(_labels),
            _weights is null ? null : Trim(_weights));
    }

    private double LargestWeight()
    {
        var largest = 0.0;
        for (var i = 0; _weights is not null && i < _count; i++)
        {
            largest = Math.Max(largest, Math.Abs(_weights[i]));
        }

        return largest;
    }

    private IEnumerable<string> Losses(bool isTooMuch) => _precision
        .Select((precision, i) => (Name: _request.Features[i], Loss: precision.Loss()))
        .Where(feature => feature.Loss?.IsTooMuch == isTooMuch)
        .Select(feature => $"{_file.FileName}: feature '{feature.Name}': {feature.Loss!.Value.Words}");

    /// <summary>Writes the event of a row behind those already there; a reason where it must not stay.</summary>
    private string? DropReason(in ColumnBatch batch, int row)
    {
        if (_labels is not null)
        {
            var label = batch.Columns[_labelPlace][row];
            if (label is not (0 or 1 or ColumnRequest.UnknownLabel))
            {
                throw new InputDataException(
                    $"{_file.FileName}: column '{ColumnRequest.Label}', row {batch.FirstRow + row}: {label} "
                    + "(allowed: 0 background, 1 signal, -1 unknown)");
            }

            _unknownLabels += label == ColumnRequest.UnknownLabel ? 1 : 0;
            _knownLabels += label == ColumnRequest.UnknownLabel ? 0 : 1;
            _signalInBackground += label == 1 && _filter == RowFilter.MustBeBackground ? 1 : 0;
            if ((_filter is RowFilter.BackgroundOnly or RowFilter.BackgroundIfLabelled && label == 1)
                || (TakesSignal && label != 1))
            {
                return $"{ColumnRequest.Label} is {label}";
            }

            _labels[_count] = label == 1 ? (byte)1 : (byte)0;
        }

        return InvalidColumn(batch, row) ?? TakeWeight(batch, row) ?? TakeValues(batch, row);
    }

    private string? InvalidColumn(in ColumnBatch batch, int row)
    {
        var used = _resolver.UsedColumns;
        for (var i = 0; i < used.Count; i++)
        {
            var value = batch.Columns[i][row];
            if (!double.IsFinite(value) && (double.IsInfinity(value) || _request.Missing == MissingPolicy.Drop || _resolver.IsRequired[i]))
            {
                return Unusable(used[i], value);
            }
        }

        return null;
    }

    private string? TakeWeight(in ColumnBatch batch, int row)
    {
        if (_weights is null)
        {
            return null;
        }

        var weight = batch.Columns[_weightPlace][row];
        _weights[_count] = weight;
        if (!(Math.Abs(weight) <= Largest))
        {
            return Unusable(_request.Weight!, weight);
        }

        _negativeWeights += weight < 0 ? 1 : 0;
        return null;
    }

    private string? TakeValues(in ColumnBatch batch, int row)
    {
        var jets = default(JetPair);
        var isRepaired = false;
        if (_resolver.JetPlaces is { } places)
        {
            var first = TakeJet(batch, row, places.AsSpan(0, 4), ref isRepaired, out var firstReason);
            var second = TakeJet(batch, row, places.AsSpan(4, 4), ref isRepaired, out var secondReason);
            if (firstReason is not null || secondReason is not null)
            {
                return firstReason ?? secondReason;
            }

            jets = new JetPair(first, second);
        }

        var eventRow = new EventRow(batch.Columns, row, jets);
        var mass = _massTerm.Value(eventRow);
        if (!(Math.Abs(mass) <= Largest))
        {
            return Unusable(_request.Mass, mass);
        }

        for (var i = 0; i < _featureTerms.Length; i++)
        {
            var given = _featureTerms[i].Value(eventRow);
            var value = (float)given;
            _precision[i].Add(given);
            if (!float.IsFinite(value) && (float.IsInfinity(value) || _request.Missing == MissingPolicy.Drop))
            {
                return Unusable(_request.Features[i], value);
            }

            _features[i][_count] = value;
        }

        (_mass[_count], _rows[_count]) = (mass, (int)(batch.FirstRow + row));
        if (isRepaired)
        {
            _repaired.Add(RepairedMass);
        }

        return null;
    }

    private Jet TakeJet(in ColumnBatch batch, int row, ReadOnlySpan<int> places, ref bool isRepaired, out string? reason)
    {
        reason = null;
        var jet = Jet.At(batch.Columns, row, places);
        if (jet.Mass >= 0 || double.IsNaN(jet.Mass))
        {
            return jet;
        }

        if (jet.Mass * jet.Mass > RoundingTolerance * RoundingTolerance * jet.P2)
        {
            reason = $"{_resolver.UsedColumns[places[3]]} is negative";
            return jet;
        }

        isRepaired = true;
        return jet with { Mass = 0 };
    }

    private static string Unusable(string name, double value) =>
        $"{name} is {(double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? "infinite" : "beyond 1e100")}";

    private static string Describe(RowFilter filter) => filter == RowFilter.SignalOnly ? "signal only" : "background only";

    private static int Place(List<string> columns, string? name)
    {
        if (name is null)
        {
            return -1;
        }

        if (columns.IndexOf(name) is >= 0 and var place)
        {
            return place;
        }

        columns.Add(name);
        return columns.Count - 1;
    }

    private T[] Trim<T>(T[] column) => column.Length == _count ? column : column[.._count];
}
