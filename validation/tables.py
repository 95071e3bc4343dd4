"""Tables of the validation scripts, from results.json files. Standard library only."""
import json
import math
import pathlib
import statistics
import sys


def load(folder):
    return json.loads((pathlib.Path(folder) / "results.json").read_text())


def mean(values):
    return statistics.fmean(values)


def point(result, window, epsilon):
    for entry in result["windows"]:
        if entry["number"] == window:
            return next(p for p in entry["working_points"] if p["epsilon_b"] == epsilon)
    raise KeyError(window)


def significance(result, window, epsilon):
    return point(result, window, epsilon)["significance"]["mean"]


def text(value, form="{:+.2f}"):
    return "-" if value is None else form.format(value)


def delta_line(result, name):
    rows = [d for d in result["delta_sys"] if d["estimate"] == name]
    return ", ".join(f"{text(d['mean'], '{:+.3f}')} (std {text(d['std'], '{:.3f}')}) at {d['epsilon_b']:g}" for d in rows)


def cwola(prefix):
    draws = ["1", "2", "3"]
    epsilons = [p["epsilon_b"] for p in load(f"{prefix}-none-paper")["windows"][0]["working_points"]]
    nothing = load(f"{prefix}-none-paper")
    print(f"CWoLa hunting, features {', '.join(nothing['features'])}, profile {nothing['profile']}")
    print(f"delta_sys from Monte Carlo: {delta_line(nothing, 'mc')}")
    print(f"delta_sys from labels:      {delta_line(nothing, 'labels')}")
    for rule in ("paper", "spread"):
        first = load(f"{prefix}-none-{rule}")
        sigmas = ", ".join(f"{text(p['sigma_sys'], '{:.3f}')} at {p['epsilon_b']:g}" for p in first["windows"][0]["working_points"])
        print(f"\nrule {rule}: sigma_sys {sigmas}")
        print("1000 injected, three draws: mean signed S (each draw)" + " " * 30 + "none injected: signed S")
        print("window" + "".join(f"{epsilon:>30g}" for epsilon in epsilons) + " " * 4 + "".join(f"{epsilon:>9g}" for epsilon in epsilons))
        injected = [load(f"{prefix}-{draw}-{rule}") for draw in draws]
        for window in [w["number"] for w in first["windows"]]:
            line = f"{window:>6}"
            for epsilon in epsilons:
                values = [significance(r, window, epsilon) for r in injected]
                known = [v for v in values if v is not None]
                each = " ".join(text(v, "{:+.1f}") for v in values)
                line += f"{text(mean(known) if known else None):>12} ({each})".rjust(30)
            line += " " * 4 + "".join(f"{text(significance(first, window, epsilon)):>9}" for epsilon in epsilons)
            print(line)
        for epsilon in epsilons:
            verdicts = [next(v["verdict"] for v in r["validation"] if v["epsilon_b"] == epsilon) for r in [first, *injected]]
            print(f"verdict at {epsilon:g}: none {verdicts[0]}; draws {', '.join(verdicts[1:])}")


def quality_line(result):
    quality = [q for q in result["template_quality"] if q["sample"] == "data"]
    ks = max(k["distance"]["mean"] for q in quality for k in q["kolmogorov_smirnov"])
    return f"sidebands against samples: AUC {min(q['auc']['mean'] for q in quality):.4f} to {max(q['auc']['mean'] for q in quality):.4f}, largest KS {ks:.4f}"


def significances(results, label):
    """S in every window, a block of columns a result; `label` says of which."""
    first = next(iter(results.values()))
    epsilons = [p["epsilon_b"] for p in first["windows"][0]["working_points"]]
    print("signed S: window" + "".join("".join(f"{epsilon:>9g}" for epsilon in epsilons) + f" ({label(draw)})" for draw in results))
    for number in [w["number"] for w in first["windows"]]:
        cells = ["".join(f"{text(significance(result, number, epsilon)):>9}" for epsilon in epsilons) for result in results.values()]
        print(f"{number:>16}" + (" " * 7).join(cells))


def learned(prefix):
    results = {draw: load(f"{prefix}-{draw}") for draw in ("none", "1") if pathlib.Path(f"{prefix}-{draw}/results.json").exists()}
    first = next(iter(results.values()))
    epsilons = [p["epsilon_b"] for p in first["windows"][0]["working_points"]]
    print(f"{first['method']}, features {', '.join(first['features'])}, profile {first['profile']}, sigma_sys by {first['sigma_sys_rule']}")
    for draw, result in results.items():
        print(f"injected: {'none' if draw == 'none' else '1000, draw ' + draw}; {result['timing']['cpu_seconds']:.0f} CPU s ({', '.join(f'{k} {v:.0f} s' for k, v in result['timing']['stages'].items())})")
        for name in dict.fromkeys(entry["estimate"] for entry in result["delta_sys"]):
            print(f"  delta_sys {name}: {delta_line(result, name)}")
        print("  " + quality_line(result))
    significances(results, lambda draw: "none" if draw == "none" else "1000")
    for epsilon in epsilons:
        verdicts = [next(v["verdict"] for v in r["validation"] if v["epsilon_b"] == epsilon) for r in results.values()]
        print(f"verdict at {epsilon:g}: " + "; ".join(f"{'none' if draw == 'none' else '1000'} {verdict}" for draw, verdict in zip(results, verdicts)))


def densities(prefix, *kinds):
    """delta_sys from labels, without signal, of templates that are drawn from several kinds of density."""
    results = {kind: load(f"{prefix}-{kind}") for kind in kinds}
    first = results[kinds[0]]
    print(f"{first['method']} without signal, features {', '.join(first['features'])}, profile {first['profile']}, {len(first['windows'])} windows, "
          f"{first['provenance']['settings']['runs']} densities each: delta_sys from labels")
    for kind, result in results.items():
        print(f"{kind}: {delta_line(result, 'labels')}; {quality_line(result)}")


def ideal(runs, profile):
    background = load(f"{runs}/ideal-{profile}-background")
    print(f"window 5, 500 injected into 500,000 events, ten draws, profile {background['profile']}, features {', '.join(background['features'])}: "
          "mean signed S +- standard error")
    table = {
        "ideal": [load(f"{runs}/ideal-{profile}-{d}") for d in range(1, 11)],
        "cwola, rule paper": [load(f"{runs}/ideal-cwola-{profile}-{d}-paper") for d in range(1, 11)],
        "cwola, rule spread": [load(f"{runs}/ideal-cwola-{profile}-{d}-spread") for d in range(1, 11)],
    }
    for name, results in table.items():
        cells = []
        for epsilon in (0.01, 0.001, 0.0001):
            values = [s for s in (significance(r, 5, epsilon) for r in results) if s is not None]
            cells.append(f"{mean(values):+.2f} +- {statistics.stdev(values) / math.sqrt(len(values)):.2f} at {epsilon:g}")
        print(f"{name:>20}: " + ", ".join(cells))
    print("delta_sys of ideal from labels, background only, nine windows:")
    for entry in background["delta_sys"]:
        ratio = abs(entry["mean"]) / entry["uncertainty"]
        print(f"  {entry['epsilon_b']:g}: {entry['mean']:+.4f} +- {entry['uncertainty']:.4f} ({ratio:.1f} uncertainties from 0)")
    print("ideal, delta_sys = sigma_sys = 0, none injected and 500 (first draw)")
    significances({"none": background, "500": load(f"{runs}/ideal-{profile}-windows")}, str)


def pulls(runs, experiments):
    count = int(experiments)
    for method in ("ideal", "cwola"):
        results = [load(f"{runs}/{method}-{k}") for k in range(1, count + 1)]
        if method == "ideal":
            print(f"{count} background-only experiments, profile {results[0]['profile']}, delta_sys = sigma_sys = 0: signed S, mean of the runs")
        window = results[0]["windows"][0]
        print(f"{method}: N_SR {window['events']}, N_BT {window['template_events']} in the first")
        for epsilon in (0.01, 0.001):
            values = [r["windows"][0]["working_points"][[0.01, 0.001].index(epsilon)]["significance"]["mean"] for r in results]
            width, average = statistics.stdev(values), mean(values)
            limit = 3 / math.sqrt(count) * width
            verdict = "holds" if abs(average) < limit else "FAILS"
            print(f"  {epsilon:g}: mean {average:+.3f} (limit {limit:.3f}: {verdict}), width {width:.3f}, largest {max(values):+.2f}, smallest {min(values):+.2f}")


def calibrated(runs, searches):
    """Results of the finished searches of validation/nulls, with permutations and with the half-split."""
    finished = [k for k in range(1, int(searches) + 1) if pathlib.Path(f"{runs}/{k}.permuted.json").exists()]
    return [[json.loads(pathlib.Path(f"{runs}/{k}.{kind}.json").read_text()) for k in finished] for kind in ("permuted", "half")]


def nulls(runs, searches):
    """Ranks of background-only searches among their permutations, and p-values of their half-split; of those that are finished."""
    permuted, half = calibrated(runs, searches)
    count = len(permuted)
    print(f"{count} background-only searches, {permuted[0]['calibrations'][-1]['experiments']} permutations each: number of searches by exceedances 0, 1, ..., 19")

    def ranks(name, entries):
        found = [0] * 20
        for entry in entries:
            found[entry["exceedances"]] += 1
        print(f"  {name}: " + " ".join(map(str, found)))

    cells = [(w["number"], p["epsilon_b"]) for w in permuted[0]["windows"] for p in w["working_points"]]
    for window, epsilon in cells:
        ranks(f"local, window {window} at {epsilon:g}", [point(r, window, epsilon)["p_local_calibrated"] for r in permuted])
    ranks("global", [r["p_global"]["p"] for r in permuted])
    print("half-split, both ways: fraction of searches with p <= 0.05, 0.1, 0.2")
    for window, epsilon in cells:
        values = [point(r, window, epsilon)["p_local_calibrated"]["value"] for r in half]
        known = [v for v in values if v is not None]
        print(f"  window {window} at {epsilon:g}: " + " ".join(f"{sum(v <= a for v in known) / len(known):.4f}" for a in (0.05, 0.1, 0.2)) + f" of {len(known)}")
    print("width of the asymptotic S: " + ", ".join(
        f"{statistics.stdev([significance(r, w, e) for r in permuted if significance(r, w, e) is not None]):.2f} (window {w} at {e:g})" for w, e in cells))


def power(nulls, runs, searches, signal):
    """How often a planted signal is found at a size of 0.05; the asymptotic S by the threshold that 5 % of the background-only searches pass."""
    (background, background_half), (permuted, half) = calibrated(nulls, 1_000_000), calibrated(runs, searches)
    print(f"{len(permuted)} searches with {signal} signal events, {len(background)} without: fraction with p <= 0.05, with signal and without")

    def found(name, statistic, threshold, sets):
        values = [[v for v in map(statistic, results) if v is not None] for results in sets]
        print(f"  {name}: " + " ".join(f"{sum(threshold(v) for v in known) / len(known):.4f} of {len(known)}" for known in values))

    def asymptotic(name, statistic):
        known = sorted(v for v in map(statistic, background) if v is not None)
        limit = known[math.ceil(0.95 * len(known)) - 1]
        found(f"{name} above {limit:.2f} (what 5 % reach without signal)", statistic, lambda s: s > limit, (permuted, background))

    small = lambda p: p <= 0.05
    for window, epsilon in [(w["number"], p["epsilon_b"]) for w in permuted[0]["windows"] for p in w["working_points"]]:
        cell = f"window {window} at {epsilon:g}"
        local = lambda r: point(r, window, epsilon)["p_local_calibrated"]["value"]
        found(f"{cell}, permutations", local, small, (permuted, background))
        found(f"{cell}, half-split", local, small, (half, background_half))
        asymptotic(f"{cell}, S", lambda r: significance(r, window, epsilon))
    of_all = lambda r: r["p_global"]["p"]["value"]
    found("global, permutations", of_all, small, (permuted, background))
    found("global, half-split", of_all, small, (half, background_half))
    asymptotic("global, largest S", lambda r: r["p_global"]["largest"])


def permutations(runs):
    """p-values by permutations over all windows: the shared events with 1000 injected and without, and the built-in example."""
    def spent(part, what):
        return sum(float(word) for word in pathlib.Path(f"{runs}/{part}.{what}").read_text().split()) / 60

    def quoted(p):
        extrapolated = "" if p["extrapolated"] is None else f" (extrapolated {p['extrapolated']['value']:.1e})"
        return f"{'at most ' if p['bound'] else ''}{p['value']:.4f}{extrapolated}"

    print("CWoLa, profile quick, nine windows, permuted over all windows")
    for part, name in (("injected", "1000 injected"), ("none", "none injected"), ("example", "built-in example")):
        result = json.loads(pathlib.Path(f"{runs}/{part}.json").read_text())
        found = result["p_global"]
        p = found["p"]
        print(f"\n{name}: {p['experiments']} permutations, {p['failed']} failed, {spent(part, 'permutations'):.1f} CPU-minutes; "
              f"the search itself {spent(part, 'search'):.1f}")
        print(f"largest S {found['largest']:+.2f} in window {found['number']} at {found['epsilon_b']:g}: p_global {quoted(p)}")
        print(f"{'eps_B':>8} window {'S':>7} {'kappa':>6}  p_local")
        for k, epsilon in enumerate(point["epsilon_b"] for point in result["windows"][0]["working_points"]):
            for window in result["windows"]:
                point = window["working_points"][k]
                print(f"{epsilon:>8g} {window['number']:>6} {text(point['significance']['mean']):>7} {text(point['kappa']['value'], '{:.2f}'):>6}  "
                      f"{quoted(point['p_local_calibrated'])}")


def injections(runs):
    """The injection scan of the built-in example in one window, and what limits it gives."""
    def band(entry, form):
        names = ("median", "low_one", "high_one", "low_two", "high_two")
        return "{} [{}, {}] [{}, {}]".format(*(text(entry and entry[name], form) for name in names))

    limits = load(f"{runs}/example")["limits"]
    first = limits[0]
    spent = sum(float(word) for word in pathlib.Path(f"{runs}/cpu").read_text().split())
    draws = [strength["draws"] + strength["failed"] for strength in first["strengths"]]
    print(f"built-in example, CWoLa, profile quick, window {first['number']}, which holds {first['background']} events "
          f"and {100 * first['window_fraction']:.1f} % of the signal; bands: 68 and 95 % of the redraws")
    print(f"{len(draws)} strengths, {min(draws)} redraws each, {max(sum(s['failed'] for s in entry['strengths']) for entry in limits)} failed")
    print(f"injection scan: {spent / 60:.1f} CPU-minutes")
    for entry in limits:
        print(f"\neps_B {entry['epsilon_b']:g}")
        for s in entry["strengths"]:
            print(f"{s['strength']:>5g} signal events: S {band(s['significance'], '{:+.2f}')}, efficiency {band(s['efficiency'], '{:.4f}')}, "
                  f"background/N_exp - 1 {band(s['background_shift'], '{:+.3f}')}")
        print(f"a signal event that passes displaces {text(entry['signal_displacement'], '{:.3f}')} background events")
        for rule in entry["rules"]:
            observed = rule["observed"]
            limit = "beyond" if observed["beyond"] else text(observed["strength"], "{:.0f}")
            covered = ", ".join(f"{text(c['fraction'], '{:.2f}')} at {c['strength']:.0f}" for c in rule["coverage"])
            print(f"{rule['rule']}: observed {limit} (S/sqrt(B) {text(observed['signal_to_root_background'], '{:.2f}')}, "
                  f"{text(observed['cross_section'], '{:.2f}')} fb at 139/fb), expected {band(rule['expected'], '{:.0f}')}, coverage {covered}")
        for row in entry["sensitivity"]:
            print(f"{row['significance']:g} sigma: S/sqrt(B) {text(row['signal_to_root_background'], '{:.2f}')}, "
                  f"without a cut {text(row['bare_signal_to_root_background'], '{:.2f}')}")
        if entry["reason"]:
            print(f"reason: {entry['reason']}")


def true_strengths(runs):
    """The expected CLs limits of an injection scan at each working point, and its largest strength but two."""
    limits = load(f"{runs}/scan")["limits"]
    expected = {round(limit["rules"][0]["expected"]["median"]) for limit in limits}
    print(",".join(f"{s:g}" for s in sorted({*expected, limits[0]["strengths"][-3]["strength"]})))


def coverage(runs):
    """What the coverage job printed, with what it was made of."""
    spent = sum(float(word) for word in pathlib.Path(f"{runs}/cpu").read_text().split())
    entry = load(f"{runs}/scan")["limits"][0]
    print(f"simulated dijets, 60,000 events, CWoLa, profile quick, 2 members, window {entry['number']}, which holds {entry['background']} events "
          f"and {100 * entry['window_fraction']:.1f} % of the signal; {spent / 60:.1f} CPU-minutes")
    print(pathlib.Path(f"{runs}/table").read_text(), end="")


def example(runs):
    print("built-in example: largest S with its signal (at the right mass: windows 4 to 6), and largest S of any window without it")
    good = 0
    for seed in range(1, 11):
        signal, background = load(f"{runs}/signal-{seed}"), load(f"{runs}/background-{seed}")
        cells = [(p["significance"]["mean"], w["number"], p["epsilon_b"]) for w in signal["windows"] for p in w["working_points"] if p["significance"]["mean"] is not None]
        largest = max(cells)
        good += largest[0] >= 3 and 4 <= largest[1] <= 6
        without = max((p["significance"]["mean"], w["number"], p["epsilon_b"]) for w in background["windows"] for p in w["working_points"] if p["significance"]["mean"] is not None)
        print(f"seed {seed:>2}: with {largest[0]:+.2f} in window {largest[1]} at {largest[2]:g}; without {without[0]:+.2f} in window {without[1]} at {without[2]:g}")
    print(f"{good} of 10 seeds reach 3 sigma at the right mass")


def classifier(runs, seeds):
    count = int(seeds)
    print(f"CWoLa hunting, 1,000,000 simulated events with 1000 signal events, 30 members, {count} seeds: S with statistical errors alone, mean +- standard error")
    print("trees     balance  window" + "".join(f"{epsilon:>20g}" for epsilon in (0.01, 0.001, 0.0001)))
    for variant in ("paper-none", "paper-mass", "standard-none", "standard-mass"):
        results = [load(f"{runs}/{variant}-{seed}") for seed in range(1, count + 1)]
        trees, balance = variant.split("-")
        for window in (4, 5, 6):
            cells = ""
            for epsilon in (0.01, 0.001, 0.0001):
                values = [significance(r, window, epsilon) for r in results]
                cells += f"{mean(values):+.2f} +- {statistics.stdev(values) / math.sqrt(count):.2f}".rjust(20)
            print(f"{trees:<10}{balance:<9}{window:>6}{cells}")


def fits(prefix):
    results = {injected: load(f"{prefix}-{injected}") for injected in ("none", "1000")}
    first = results["none"]
    span = first["fits"][0]["range"]
    print(f"{first['method']}, features {', '.join(first['features'])}, profile {first['profile']}, fit from {span['low']:g} to {span['high']:g}; 1000 injected at 3.5")
    for injected, result in results.items():
        for epsilon in dict.fromkeys(fit["epsilon_b"] for fit in result["fits"]):
            cut = "all" if epsilon is None else f"{epsilon:g}"
            rows = [fit for fit in result["fits"] if fit["epsilon_b"] == epsilon and not fit["scan"]]
            for fit in rows:
                n, function = fit["number"], fit["function"] or {}
                print(f"{injected} injected, {cut}, window {n}: observed {text(fit['observed']['mean'], '{:.0f}')}, fit {text(fit['expected']['mean'], '{:.1f}')}"
                      f" +- {text(fit['expected_error']['mean'], '{:.1f}')}, S {text(fit['signal']['mean'], '{:.1f}')} +- {text(fit['signal_error']['mean'], '{:.1f}')},"
                      f" limit {text(fit['limit']['mean'], '{:.0f}')} ({text(fit['expected_limit']['median'], '{:.0f}')}), {function.get('name')} (F-test {function.get('asked')}),"
                      f" spurious {text(fit['spurious_signal']['largest_fraction'])}, Z {text(fit['significance']['mean'])}")
            if epsilon is not None and injected == "none":
                known = [fit["sculpting"] for fit in rows if fit["sculpting"]["chi2"] is not None]
                print(f"{injected} injected, {cut}: sculpting chi2 {min(k['chi2'] for k in known):.2f} to {max(k['chi2'] for k in known):.2f}, largest random subsets"
                      f" {min(k['random_largest'] for k in known):.2f} to {max(k['random_largest'] for k in known):.2f}; sculpting windows: {sum(k['sculpts'] for k in known)} of {len(known)}")


def compared(folder):
    """The one window of a comparison, and what its methods are called in their folders."""
    result = json.loads((pathlib.Path(folder) / "comparison.json").read_text())
    return result, result["windows"][0], {method["name"]: method["runs"][0] for method in result["methods"]}


def spread(values, form="{:.2f}"):
    """Mean +- standard deviation, `failed` where one is missing."""
    known = [v for v in values if v is not None]
    if len(known) < len(values) or not known:
        return "failed"
    return form.format(mean(known)) + (f" +- {form.replace('+', '').format(statistics.stdev(known))}" if len(known) > 1 else "")


def scored(window):
    test = window["scored"]
    return f"test events in the window: {test['background']} background, {test['signal']} signal"


def performance(folder, rows):
    """A line for each run of a comparison: SIC, S and the CPU time of its folds, over its trainings."""
    _, window, run_of = compared(folder)
    for entry in sorted(window["performance"], key=lambda entry: rows(run_of[entry["method"]])[0]):
        run = run_of[entry["method"]]
        result = load(pathlib.Path(folder).parent / run)
        values = [p["significance"]["runs"] for p in result["windows"][0]["working_points"] if p["epsilon_b"] == 0.001][0]
        print(f"{rows(run)[1]}: SIC at 1000 {spread(entry['sic_at_thousand']['runs'])}, max SIC {spread(entry['maximum_sic']['runs'])}, "
              f"AUC {spread(entry['auc']['runs'], '{:.4f}')}, S at 1e-3 {spread(values, '{:+.2f}')}, {result['timing']['cpu_seconds']:.0f} CPU s"
              f"; SIC at 1000 each {' '.join(text(v, '{:.3f}') for v in entry['sic_at_thousand']['runs'])}")


def bagging(runs):
    first = load(f"{runs}/4-4")
    print(f"ideal template, window 5, {first['windows'][0]['events']} events, 820 of them signal; {first['provenance']['settings']['runs']} runs of {first['provenance']['settings']['members']} members; "
          + scored(compared(f"{runs}/comparison-4")[1]))
    for columns in ("4", "56"):
        performance(f"{runs}/comparison-{columns}", lambda run: (-int(run.split("-")[1]), f"{columns} features, {run.split('-')[1]} a member"))


def oversampling(runs):
    first = load(f"{runs}/1")
    print(f"{first['method']}, features {', '.join(first['features'])}, profile {first['profile']}, window 5, 1000 injected, {first['provenance']['settings']['runs']} densities, "
          f"{first['provenance']['settings']['members']} members; " + scored(compared(f"{runs}/comparison")[1]))
    performance(f"{runs}/comparison", lambda run: (int(run), f"x{run}"))


def interplay(runs, strengths):
    """SIC of every method, what the sources have in common, and how far their scores agree, against the number of injected events."""
    strengths = strengths.split()
    every = {n: compared(f"{runs}/all-{n}") for n in strengths}
    sources = {n: compared(f"{runs}/sources-{n}") for n in strengths}
    result, window, run_of = every[strengths[0]]
    label = {name: run.rsplit("-", 2)[0] for name, run in run_of.items()}
    generators, trainings = result["methods"][0]["generators"], result["methods"][0]["trainings"]
    settings = load(f"{runs}/{next(iter(run_of.values()))}")["provenance"]["settings"]
    print(f"features {', '.join(result['features'])}, window 5, profile {settings['profile']}, {generators} generators x {trainings // generators} trainings of {settings['members']} members; " + scored(window))
    print("injected: " + ", ".join(f"{n} ({every[n][1]['events']} events in the window)" for n in strengths))

    def rows(title, key):
        print(f"\n{title}: mean +- standard deviation over trainings (of the generators' means)\n{'injected':>22}" + "".join(f"{n:>26}" for n in strengths))
        for name, method in label.items():
            cells = []
            for n in strengths:
                own = {run.rsplit("-", 2)[0]: name for name, run in every[n][2].items()}[method]
                values = next(e for e in every[n][1]["performance"] if e["method"] == own)[key]["runs"]
                # Trainings are listed search by search, and in each generator by generator.
                means = [mean(values[g::generators]) for g in range(generators)] if None not in values else []
                between = f" ({statistics.stdev(means):.2f})" if len(means) > 1 else " (-)"
                cells.append(spread(values) + between)
            print(f"{method:>22}" + "".join(f"{cell:>26}" for cell in cells))

    rows("SIC at a rejection of 1000", "sic_at_thousand")
    rows("max SIC", "maximum_sic")
    print()
    for n in strengths:
        searches = {}
        for entry in every[n][1]["performance"]:
            method, values = every[n][2][entry["method"]].rsplit("-", 2)[0], entry["sic_at_thousand"]["runs"]
            if method not in ("ideal", "supervised") and None not in values and len(values) > 1:
                searches[method] = mean(values), statistics.stdev(values)
        if searches:
            best, steady = max(searches, key=lambda m: searches[m][0]), min(searches, key=lambda m: searches[m][1])
            failing = [m for m in searches if searches[m][0] < 3]
            print(f"{n} injected, SIC at a rejection of 1000: largest {best} ({searches[best][0]:.2f}), smallest spread {steady} ({searches[steady][1]:.2f}), "
                  f"below 3: {'all' if len(failing) == len(searches) else ', '.join(failing) or 'none'}")

    def excess(window, kind, methods):
        found = [o for o in window["overlaps"] if o["class"] == kind and (len(o["methods"]) == 2) == (methods == 2) and abs(o["fraction"] - 0.05) < 0.003]
        values = [o["excess"]["median"] for o in found]
        return None if not values or None in values else mean(values)

    print("\nsalad, feta, curtains, cathode: common part of the top 5 % beyond chance, median over trainings (pairs: mean over the six)\n"
          f"{'injected':>22}" + "".join(f"{n:>26}" for n in strengths))
    for kind in ("background", "signal"):
        for methods, name in ((2, "pairs"), (4, "all four")):
            print(f"{kind + ', ' + name:>22}" + "".join(f"{text(excess(sources[n][1], kind, methods), '{:.3f}'):>26}" for n in strengths))

    print("\ncorrelation of log-odds of mean scores, background / signal\n" + f"{'injected':>22}" + "".join(f"{n:>26}" for n in strengths))

    def of(n, first, second, kind):
        return next(c for c in sources[n][1]["correlations"] if c["class"] == kind and [sources[n][2][c[k]].rsplit("-", 2)[0] for k in ("first", "second")] == [first, second])

    names = [method for method in label.values() if method in ("salad", "feta", "curtains", "cathode")]
    for i, first in enumerate(names):
        for second in names[i + 1:]:
            print(f"{first + '-' + second:>22}" + "".join(f"{' / '.join(text(of(n, first, second, kind)['of_means'], '{:.3f}') for kind in ('background', 'signal')):>26}" for n in strengths))
    for key, name in (("of_one_generator", "classifier seeds"), ("of_generators", "generator seeds")):
        print(f"{name} of one method")
        for method in names:
            print(f"{method:>22}" + "".join(f"{' / '.join(text(of(n, method, method, kind)[key]['mean'], '{:.3f}') for kind in ('background', 'signal')):>26}" for n in strengths))


def feta(runs, strengths, trainings):
    """Template AUC without signal; max SIC, and what significance it makes, against the number of injected events."""
    strengths = strengths.split()
    windows = {n: compared(f"{runs}/comparison-{n}") for n in strengths}
    result, window, run_of = windows[strengths[0]]
    settings = load(f"{runs}/{next(iter(run_of.values()))}")["provenance"]["settings"]
    print(f"features {', '.join(result['features'])}, window 5, profile {settings['profile']}, {settings['runs']} trainings of {settings['members']} members; " + scored(window))
    print("AUC of trees between data without signal and simulation, and largest KS; SB1 2.9 - 3.3, SR 3.3 - 3.7, SB2 3.7 - 4.1")
    bands = [pathlib.Path(f"{runs}/bands-{k}.txt").read_text().splitlines() for k in range(1, int(trainings) + 1)]
    for k, lines in enumerate(bands, 1):
        print(f"{lines[1]}, training {k}: " + "; ".join(lines[2:]))
    background = int(bands[0][0].split()[0])
    root = {}
    for n in strengths:
        found = windows[n][1]["events"] - background
        root[n] = found / math.sqrt(background)
        print(f"{n} injected: {found} of them in the window on {background} background events, S/sqrt(B) {root[n]:.3f}")

    def rows(title, cell):
        print(f"\n{title}\n{'injected':>12}" + "".join(f"{n:>18}" for n in strengths))
        for method in [run.rsplit("-", 1)[0] for run in run_of.values()]:
            print(f"{method:>12}" + "".join(f"{cell(method, n):>18}" for n in strengths))

    def sics(method, n):
        name = next(name for name, run in windows[n][2].items() if run == f"{method}-{n}")
        return next(e for e in windows[n][1]["performance"] if e["method"] == name)["maximum_sic"]["runs"]

    rows("max SIC: mean +- standard deviation over trainings", lambda method, n: spread(sics(method, n)))
    rows("max SIC x S/sqrt(B)", lambda method, n: spread([None if s is None else s * root[n] for s in sics(method, n)]))
    for epsilon in (1e-2, 1e-3):
        rows(f"S at {epsilon:g}, statistical errors alone",
             lambda method, n: spread(point(load(f"{runs}/{method}-{n}"), 5, epsilon)["significance"]["runs"], "{:+.2f}"))

    print("\nsmallest signal with max SIC x S/sqrt(B) = 3 (lines between the strengths)")
    for method in [run.rsplit("-", 1)[0] for run in run_of.values()]:
        each = [sics(method, n) for n in strengths]
        seen = [None if None in values else mean(values) * root[n] for n, values in zip(strengths, each)]
        print(f"{method}: " + detectable([int(n) for n in strengths], [root[n] for n in strengths], seen, background))


def templates(runs, count):
    """AUC of trees between each template and true background, and its largest KS distance, of several templates a method."""
    results = [json.loads(pathlib.Path(f"{runs}/comparison-{k}/comparison.json").read_text()) for k in range(1, int(count) + 1)]
    windows, names = [result["windows"][0] for result in results], [method["name"] for method in results[0]["methods"]]
    first, window = results[0], windows[0]
    print(f"features {', '.join(first['features'])}, window {window['number']}, {window['events']} events, no signal; {window['truth']['events']} "
          f"events of true background; {count} templates a method, trees of {first['members']} members")
    for name in [*names, "background"]:
        runs_of = [method["runs"][0].rsplit("-", 1)[0] for method in first["methods"] if method["name"] == name] or ["truth against truth"]
        aucs = [next(entry["auc"]["mean"] for entry in window["separations"] if entry["method"] == name) for window in windows]
        distances = {}
        for window in windows:
            entry = next(entry for entry in window["distances"] if {entry["first"], entry["second"]} == {name, "background"})
            for feature in entry["features"]:
                distances.setdefault(feature["name"], []).append(feature["value"])
        print(f"{pathlib.Path(runs_of[0]).name}: AUC {mean(aucs):.4f} ({' '.join(f'{auc:.4f}' for auc in aucs)}); largest KS "
              + ", ".join(f"{feature} {max(values):.4f}" for feature, values in distances.items()))


def detectable(strengths, root, seen, background):
    """Where the significance first passes 3, in injected events and S/B."""
    if None in seen:
        return "not known"
    if seen[0] >= 3:
        return f"below {strengths[0]} injected"
    for i in range(1, len(seen)):
        if seen[i] >= 3:
            part = (3 - seen[i - 1]) / (seen[i] - seen[i - 1])
            line = lambda values: values[i - 1] + part * (values[i] - values[i - 1])
            return f"{line(strengths):.0f} injected, S/B {100 * line(root) / math.sqrt(background):.2f} %"
    return f"above {strengths[-1]} injected"


if __name__ == "__main__":
    {"cwola": cwola, "ideal": ideal, "learned": learned, "densities": densities, "pulls": pulls, "nulls": nulls, "power": power, "permutations": permutations,
     "example": example, "classifier": classifier, "injections": injections, "true_strengths": true_strengths, "coverage": coverage, "bagging": bagging, "oversampling": oversampling,
     "interplay": interplay, "feta": feta, "fits": fits,
     "templates": templates}[sys.argv[1]](*sys.argv[2:])
