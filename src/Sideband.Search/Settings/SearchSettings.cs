using System.Collections.Immutable;
using Sideband.Events;
using Sideband.Search.Systematics;
using Sideband.Templates;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Settings;

/// <summary>
/// Everything that a search depends on. Defaults are those of the contract; <see cref="SettingKeys"/> has name, meaning and
/// allowed values of each. Immutable; <see cref="SettingsReader"/> makes and checks it.
/// </summary>
public sealed record SearchSettings
{
    private readonly ITemplateMethod _method = TemplateMethods.ByName("cwola");

    /// <summary>The events to search; empty stands for the built-in simulated example.</summary>
    public IReadOnlyList<EventFileSpec> Data { get; init; } = [];

    public bool BackgroundOnly { get; init; }

    public InjectionSpec? Inject { get; init; }

    public IReadOnlyList<EventFileSpec> MonteCarlo { get; init; } = [];

    public IReadOnlyList<EventFileSpec> Simulation { get; init; } = [];

    public IReadOnlyList<EventFileSpec> IdealBackground { get; init; } = [];

    public IReadOnlyList<EventFileSpec> Test { get; init; } = [];

    public IReadOnlyList<EventFileSpec> Signal { get; init; } = [];

    /// <summary>As its options make it (<see cref="ITemplateMethod.With"/>).</summary>
    public ITemplateMethod Method
    {
        get => _method.With(OptionValues);
        init => _method = value;
    }

    public string Mass { get; init; } = "mjj";

    /// <summary>A set's name, or feature names separated by commas, as given.</summary>
    public string Features { get; init; } = "baseline";

    public string? Weight { get; init; }

    public MassWindowGrid Windows { get; init; } = MassWindowGrid.Default;

    /// <summary>Windows that delta_sys is averaged over; null: windows 1 to 9, or the given grid.</summary>
    public MassWindowGrid? DeltaSysWindows { get; init; }

    /// <summary>Width of each short sideband, in the unit of the mass; null: half the window's.</summary>
    public double? SidebandOverride { get; init; }

    /// <summary>The width of each short sideband; null where it is half the window's and windows differ in width.</summary>
    public double? SidebandWidth =>
        SidebandOverride ?? MassWindow.CommonHalfWidth([.. Windows.Windows, .. EffectiveDeltaSysWindows.Windows]);

    /// <summary>Limits of the events used, in the unit of the mass; null: all.</summary>
    public MassInterval? MassRange { get; init; }

    /// <summary>Background efficiencies eps_B, in (0, 1), falling.</summary>
    public IReadOnlyList<double> WorkingPoints { get; init; } = [1e-2, 1e-3, 1e-4];

    /// <summary>False where they were given in another order: whose the numbers per working point are cannot be told then.</summary>
    public bool WorkingPointsFall { get; init; } = true;

    public SearchProfile Profile { get; init; } = SearchProfile.Standard;

    public int? RunsOverride { get; init; }

    public int Runs => RunsOverride ?? Profile.Runs;

    public int Folds { get; init; } = 5;

    public int? MembersOverride { get; init; }

    /// <summary>
    /// Classifiers whose mean score is used: one network where they are networks, which averages its best epochs already.
    /// </summary>
    public int Members => MembersOverride ?? (Classifier == ClassifierKind.Network ? 1 : Profile.Members);

    /// <summary>Features that each classifier of an ensemble draws and sees (attribute bagging), from 1; null: all.</summary>
    public int? FeaturesPerMember { get; init; }

    public ulong Seed { get; init; } = 1;

    /// <summary>Of the classifiers' random streams alone; null: they follow <see cref="Seed"/>.</summary>
    public ulong? ClassifierSeed { get; init; }

    /// <summary>Threads; never changes a result.</summary>
    public int? ThreadsOverride { get; init; }

    public int Threads => ThreadsOverride ?? Environment.ProcessorCount;

    public SystematicsChoice Systematics { get; init; } = SystematicsChoice.Default;

    public SigmaSystematicChoice? SigmaSysOverride { get; init; }

    public SigmaSystematicChoice SigmaSys =>
        SigmaSysOverride ?? (Profile.PaperSettings ? SigmaSystematicChoice.Paper : SigmaSystematicChoice.Spread);

    /// <summary>Options that methods own (<see cref="ITemplateMethod.Options"/>), as they were given.</summary>
    public ImmutableSortedDictionary<string, string> MethodOptions { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>What the method's options are made from.</summary>
    public OptionValues OptionValues => new(Profile.Name, SidebandWidth, MethodOptions)
    {
        Inputs = Simulation.Count > 0 ? [InputRole.Simulation] : [],
    };

    public ClassifierKind? ClassifierOverride { get; init; }

    public ClassifierKind Classifier => ClassifierOverride ?? ClassifierKind.Trees;

    public MissingPolicy Missing { get; init; } = MissingPolicy.Drop;

    /// <summary>Everything except scores of signal-region data.</summary>
    public bool Blind { get; init; }

    public bool KeepTemplateScores { get; init; }

    /// <summary>Folder of finished work units that several runs share; null: inside the run directory.</summary>
    public string? Store { get; init; }

    /// <summary>True where no event file is given and the built-in example is searched.</summary>
    public bool IsBuiltInExample => Data.Count == 0;

    /// <summary>Every event file with its role, as <see cref="Results.InputResult"/> names it, in the order of reading.</summary>
    public IEnumerable<(string Role, EventFileSpec File)> InputFiles =>
    [
        .. Data.Select(file => ("data", file)),
        .. Inject is { } inject ? [("inject", inject.File)] : Array.Empty<(string, EventFileSpec)>(),
        .. MonteCarlo.Select(file => ("mc", file)),
        .. Simulation.Select(file => ("simulation", file)),
        .. IdealBackground.Select(file => ("ideal_background", file)),
        .. Signal.Select(file => ("signal", file)),
        .. Test.Select(file => ("test", file)),
    ];

    /// <summary>The windows that delta_sys is averaged over.</summary>
    public MassWindowGrid EffectiveDeltaSysWindows =>
        DeltaSysWindows ?? (Windows.ByNumber ? MassWindowGrid.Default : Windows);

    /// <summary>The estimate that delta_sys comes from, the method's default filled in.</summary>
    public ShiftEstimate Estimate => ShiftEstimates.Used(Systematics, Method.Traits.DefaultSystematics);
}
