"""The bump hunt on toys (results/bump_hunt.txt) and on the shared events (results/bump_hunt_shared-METHOD-PROFILE.txt), and LaCATHODE's
figures (results/lacathode_figures-FORM.txt)."""
import re

from claim import NotStated, find, known, needed, value

# Coverage of a 95 % CLs limit at a true signal of so many sigma of S, for a Gaussian; and how far 1000 toys may be off.
COVERAGE, TOLERANCE = {2: 0.974, 3: 0.955, 5: 0.950}, 0.015


def bump_hunt(text):
    blocks = re.split(r"^(\d+) per mille of the spectrum$", text, flags=re.MULTILINE)[1:]
    if not blocks:
        raise NotStated("the table has no fraction of the spectrum")
    for fraction, block in zip(blocks[::2], blocks[1::2]):
        what = f"{fraction} per mille"
        fit = float(find(r"^fit of 1000000 events with five parameters: (\S+) CPU", block, "time of a fit")[1])
        yield fit < 0.2, f"{what}: a fit of 1,000,000 events takes less than 0.2 CPU-seconds ({fit})"
        toys, spent = find(r"^(\d+) toys of .*: (\S+) CPU-seconds$", block, "time of toys").groups()
        per_thousand = float(spent) * 1000 / int(toys)
        yield per_thousand < 60, f"{what}: 1000 toys take less than 60 CPU-seconds ({per_thousand:.1f})"
        normal = r": \d+ fitted, mean Z (\S+), width (\S+),"
        mean, width = map(float, find(rf"^without signal{normal}", block, "Z").groups())
        yield abs(mean) < 0.1 and 0.95 < width < 1.05, f"{what}: Z without signal is standard normal (mean {mean}, width {width})"
        for truth in ("exponential", "quadratic"):
            mean = float(find(rf"^without signal, {truth} truth{normal}", block, f"Z, {truth} truth")[1])
            yield abs(mean) < 0.2, f"{what}: a background of {truth} form biases Z by less than 0.2 ({mean})"
        for strength, expected in COVERAGE.items():
            true, found, error = map(float, find(
                rf"^signal of {strength} sigma, (\S+) events: mean S (\S+) \+- (\S+)$", block, f"S at {strength}").groups())
            if strength >= 3:
                yield abs(found - true) < 3 * error + 0.05 * true, f"{what}: S is unbiased at {strength} sigma ({found} of {true})"
            covered = float(find(rf"^signal of {strength} sigma: limit covers (\S+) of", block, f"coverage at {strength}")[1])
            yield abs(covered - expected) <= TOLERANCE, f"{what}: the limit covers {expected} at {strength} sigma ({covered})"


# Z at 3.5 TeV that 1000 events reach: one run of ten members finds less of them than three of fifty.
FOUND = {"quick": 5, "standard": 6}

# With features that follow the mass: more than is tolerated anywhere without a signal.
FOUND_WITH_DELTA_R = 3.5


def shared(text, method, profile):
    """
    Z by window and cut: with 1000 events injected at 3.5 TeV, and without. LaCATHODE never sculpts; CATHODE does, and says so, where a feature
    follows the mass: what its spectra are fitted with is nothing then.
    """
    rows = re.findall(r"^(none|1000) injected, (\S+), window (\d): .* Z (\S+)$", text, re.MULTILINE)
    z = {(injected, cut, int(window)): value(cell) for injected, cut, window, cell in rows}
    if method != "cathode+delta_r":
        best = max(known([z.get(("1000", cut, 5)) for cut in ("0.01", "0.001")], "Z at 3.5 TeV"))
        least = FOUND_WITH_DELTA_R if method.endswith("+delta_r") else FOUND[profile]
        yield best > least, f"1000 injected: Z at 3.5 TeV is above {least} in the better cut ({best})"
        largest = max(known([number for (injected, _, _), number in z.items() if injected == "none"], "Z without injection"))
        yield largest < 3.5, f"none injected: no Z is above 3.5 ({largest})"
    for injected in ("none", "1000"):
        inclusive = needed(z.get((injected, "all", 5)), "Z of the inclusive spectrum")
        yield abs(inclusive) < 2, f"{injected} injected: the inclusive spectrum has |Z| below 2 at 3.5 TeV ({inclusive})"
    sculpting = re.findall(r"^none injected, (\S+): sculpting .*: (\d+) of 9$", text, re.MULTILINE)
    for cut, sculpts in sculpting:
        if method.startswith("lacathode"):
            yield sculpts == "0", f"none injected: no window's cut at {cut} sculpts ({sculpts} of 9)"
        elif method == "cathode+delta_r":
            yield int(sculpts) > 0, f"none injected: cuts at {cut} sculpt, and are said to ({sculpts} of 9)"
    if not sculpting:
        raise NotStated("the table has no sculpting")


def figures(text):
    """LaCATHODE never sculpts; on features that know the mass, cathode and ideal do."""
    blocks = re.split(r"^== (.*)$", text, flags=re.MULTILINE)[1:]
    if not blocks:
        raise NotStated("the table has no set of features")
    for name, block in zip(blocks[::2], blocks[1::2]):
        high = float(find(r"^random subsets at 0.01: .* 95 %: \S+ to (\S+)$", block, f"random subsets, {name}")[1])
        medians = {method: float(median) for method, median in re.findall(r"^(\w+) at 0.01: median chi2 (\S+) ", block, re.MULTILINE)}
        for method in ("ideal", "cathode", "lacathode"):
            if method not in medians:
                raise NotStated(f"the table has no {method}, {name}")
        yield medians["lacathode"] <= high, f"{name}: LaCATHODE's chi2 {medians['lacathode']} is not above random subsets' {high}"
        if name in ("shifted", "baseline+delta_r", "toy, c = 0.1"):
            for method in ("ideal", "cathode"):
                yield medians[method] > high, f"{name}: chi2 {medians[method]} of {method} is above random subsets' {high}"
