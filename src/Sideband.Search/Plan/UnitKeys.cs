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
    private const string EngineVersion = "2";

    private readonly string _shared;
    private readonly Dictionary<SampleRole, string> _samples = [];

    public UnitKeys(SearchPlan plan)
    {
        var settings = plan.Settings;
        _shared = string.Create(
            CultureInfo.InvariantCulture,
            $"engine {EngineVersion}\nmethod {settings.Method.Name}\nsideband {settings.SidebandWidth:R} {settings.SidebandBalance}\nfolds {settings.Folds}\nmembers {settings.Members}\nseed {settings.Seed}\nboosting {plan.Boosting}\n");
        var data = plan.TemplateInputs(SampleRole.Data);
        _samples[SampleRole.Data] =
            $"data {data.Data.Fingerprint()}\nideal {data.IdealBackground?.Fingerprint()}\nsignal {data.Signal?.Fingerprint()}\n"
            + $"test {plan.Inputs.Test?.Fingerprint()}\nspectrum {plan.Spectrum}\nworking points {NumberList.Format(settings.WorkingPoints)}\n";
        if (plan.MonteCarloWindows.Count > 0)
        {
            _samples[SampleRole.MonteCarlo] = $"mc {plan.Inputs.MonteCarlo!.Fingerprint()}\n";
        }
    }

    public string Of(SampleRole sample, MassWindow window, int run, int fold)
    {
        var unit = new WorkUnit(0, sample, window, run, fold, "", 0);
        var text = _shared + _samples[sample] + string.Join('/', unit.StreamPath);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }
}
