using System.Globalization;
using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Results;
using Sideband.Search.Settings;
using Sideband.Templates;

namespace Sideband.Search.Inputs;

/// <summary>Loads every input of a search by role.</summary>
public sealed class InputLoader
{
    private readonly SearchSettings _settings;
    private readonly ColumnRequest _columns;
    private readonly List<InputResult> _accounts = [];
    private readonly List<string> _warnings = [];

    private InputLoader(SearchSettings settings)
    {
        _settings = settings;
        _columns = new ColumnRequest(settings.Mass, FeatureSets.Resolve(settings.Features), null, settings.Missing);
    }

    /// <exception cref="SidebandException">A file, column or value cannot be used.</exception>
    public static SearchInputs Load(SearchSettings settings) =>
        settings.IsBuiltInExample ? BuiltInInputs.Make(settings) : new InputLoader(settings).LoadFiles();

    private SearchInputs LoadFiles()
    {
        // The Monte Carlo's weights are checked with the names of the other columns, whether or not there is Monte Carlo.
        (_columns with { Weight = _settings.Weight }).Validate();
        var data = Load("data", _settings.Data, _settings.BackgroundOnly ? RowFilter.BackgroundOnly : RowFilter.All);
        EventTable? injected = null;
        EventTable? rest = null;
        if (_settings.Inject is { } inject)
        {
            (injected, rest) = Inject(inject);

            // Unlabelled data stay so: what is injected is known, what the data hold is not.
            data = data.Concat(data.HasLabels ? injected : injected.WithoutLabels());
        }

        var background = _settings.BackgroundOnly ? RowFilter.BackgroundIfLabelled : RowFilter.MustBeBackground;
        var readsSignal = _settings.Method.PreparationReads.Roles.Contains(InputRole.Signal);
        var inputs = SearchInputs.Of(
            [
                (InputRole.Data, data.Canonical()),
                (InputRole.MonteCarlo, Optional("mc", _settings.MonteCarlo, background, _settings.Weight)),
                (InputRole.Simulation, Optional("simulation", _settings.Simulation, background, _settings.Weight)),
                (InputRole.IdealBackground, Optional("ideal_background", _settings.IdealBackground, background, _settings.Weight)),
                (
                    InputRole.Signal,
                    Optional("signal", _settings.Signal, RowFilter.SignalOnly, _settings.Weight) ?? (readsSignal ? rest : null)),
                (InputRole.Test, LoadTest()),
            ],
            _accounts,
            _warnings);
        return inputs with { Injected = injected is null ? null : SearchInputs.ByEvent(injected.Canonical()) };
    }

    private EventTable? LoadTest()
    {
        var test = Optional("test", _settings.Test, RowFilter.All);
        return test is null || test.HasLabels
            ? test
            : throw new InputDataException(
                $"{_settings.Test[0]}: test events need a column '{ColumnRequest.Label}' with 0 for background and 1 for signal");
    }

    // In canonical order at once: the table as it was read goes before the next is read.
    private EventTable? Optional(string role, IReadOnlyList<EventFileSpec> files, RowFilter filter, string? weight = null) =>
        files.Count == 0 ? null : Load(role, files, filter, weight).Canonical();

    // N counts signal events over all masses, so the mass range is cut after they are taken.
    private (EventTable Injected, EventTable Remaining) Inject(InjectionSpec inject)
    {
        var loaded = EventReader.Load(inject.File, _columns, RowFilter.SignalOnly);
        var stream = inject.Seed is { } seed ? RandomStream.For(seed, "injection") : null;
        var (taken, rest) = Injection.Take(loaded.Events, inject.Events, stream);
        var injected = InRange(taken);
        Report(
            "inject",
            inject.File,
            loaded.Account,
            injected.Count,
            ("not injected", rest.Count),
            ("outside mass_range", taken.Count - injected.Count));
        return (injected, InRange(rest));
    }

    // Several files are one sample.
    private EventTable Load(string role, IReadOnlyList<EventFileSpec> files, RowFilter filter, string? weight = null)
    {
        EventTable? sample = null;
        foreach (var file in files)
        {
            var events = Load(role, file, filter, weight);
            if (sample is not null && sample.HasLabels != events.HasLabels)
            {
                throw new InputDataException(
                    $"{role}: one of {files[0]} and {file} has a column '{ColumnRequest.Label}' and the other has none; "
                    + "the files of one sample need the same columns");
            }

            sample = sample?.Concat(events) ?? events;
        }

        return sample!;
    }

    private EventTable Load(string role, EventFileSpec file, RowFilter filter, string? weight)
    {
        var loaded = EventReader.Load(file, _columns with { Weight = weight }, filter);
        var events = InRange(loaded.Events);
        if (events.Count == 0 && _settings.MassRange is { } range)
        {
            throw new InputDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"mass_range: no event of {file} has {_settings.Mass} in [{range.Low:R}, {range.High:R})"));
        }

        Report(role, file, loaded.Account, events.Count, ("outside mass_range", loaded.Events.Count - events.Count));
        return events;
    }

    private EventTable InRange(EventTable events) => _settings.MassRange is { } range ? events.In(range) : events;

    private void Report(
        string role, EventFileSpec file, InputAccount account, int used, params ReadOnlySpan<(string Reason, int Events)> alsoDropped)
    {
        var dropped = account.Dropped.ToDictionary(reason => reason.Reason, reason => reason.Count);
        foreach (var (reason, events) in alsoDropped)
        {
            if (events > 0)
            {
                dropped[reason] = events;
            }
        }

        _accounts.Add(new InputResult(
            role,
            account.FileName,
            account.Sha256,
            file is { Start: 0, End: null } ? "all" : string.Create(CultureInfo.InvariantCulture, $"{account.Start}:{account.End}"),
            account.Read,
            used,
            dropped,
            account.Repaired.ToDictionary(reason => reason.Reason, reason => reason.Count)));
        _warnings.AddRange(account.Warnings);
    }
}
