using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sideband.Events;
using Sideband.Search.Settings;

namespace Sideband.Search.Plan;

/// <summary>
/// Keys of work units: the hash of everything that a unit's result depends on, the events themselves included, so that a
/// result is found again by any search that would compute the same, and by no other.
/// </summary>
internal sealed class UnitKeys
{
    /// <summary>Changes whenever the same inputs would give another result.</summary>
    private const string EngineVersion = "3";

    private readonly string _density;
    private readonly string _sample;
    private readonly string _fold;
    private readonly Dictionary<SampleRole, string> _events = [];
    private readonly string _scored;

    public UnitKeys(SearchPlan plan)
    {
        var settings = plan.Settings;
        _density = string.Create(CultureInfo.InvariantCulture, $"engine {EngineVersion}\nseed {settings.Seed}\ndensity {plan.Densities.Name} {plan.Density}\n");
        _sample = string.Create(CultureInfo.InvariantCulture, $"method {settings.Method.Name}\noversampling {settings.Oversampling}\n");
        _fold = string.Create(
            CultureInfo.InvariantCulture,
            $"engine {EngineVersion}\nmethod {settings.Method.Name}\nsideband {settings.SidebandWidth:R} {settings.SidebandBalance}\nfolds {settings.Folds}\nmembers {settings.Members}\nseed {settings.Seed}\nclassifier {settings.Classifier} {Classifier(plan)}\n");
        var data = plan.TemplateInputs(SampleRole.Data);
        _events[SampleRole.Data] = $"data {data.Data.Fingerprint()}\n";
        _scored = $"ideal {data.IdealBackground?.Fingerprint()}\nsignal {data.Signal?.Fingerprint()}\n"
            + $"test {plan.Inputs.Test?.Fingerprint()}\nspectrum {plan.Spectrum}\nworking points {NumberList.Format(settings.WorkingPoints)}\n";
        if (plan.Windows.MonteCarlo.Count > 0)
        {
            _events[SampleRole.MonteCarlo] = $"mc {plan.Inputs.MonteCarlo!.Fingerprint()}\n";
        }
    }

    private static string Classifier(SearchPlan plan)
    {
        var network = plan.Settings.Profile.Network;
        return plan.Settings.Classifier == ClassifierKind.Trees ? $"{plan.Boosting}" : $"{network} {string.Join('-', network.HiddenWidths)}";
    }

    /// <param name="kind">What the unit does.</param>
    /// <param name="sample">Its sample.</param>
    /// <param name="window">Its window.</param>
    /// <param name="run">Its run.</param>
    /// <param name="fold">Its fold, or 0.</param>
    /// <param name="needs">The units that it reads.</param>
    public string Of(UnitKind kind, SampleRole sample, MassWindow window, int run, int fold, IReadOnlyList<WorkUnit> needs)
    {
        var own = kind switch
        {
            UnitKind.Density => _density,
            UnitKind.Sample => _sample + _density,
            _ => _fold + (needs.Count > 0 ? _density : ""),
        };
        var scored = kind != UnitKind.Density && sample == SampleRole.Data ? _scored : "";
        var text = own + _events[sample.Source()] + scored
            + string.Concat(needs.Select(unit => $"needs {unit.Key}\n"))
            + string.Join('/', WorkUnit.PathOf(kind, sample, window, run, fold));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }
}
