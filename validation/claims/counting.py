"""Claims about counting and trees: results/ideal-PROFILE.txt, pulls.txt, example.txt, classifier.txt."""
import math
import re

from claim import NotStated, find, known, needed
from learned import significances

EFFICIENCIES = ("0.01", "0.001", "0.0001")

# The smallest S at eps_B = 1e-3 of the ideal template in windows 5 and 6, 500 injected, one draw: ten draws have 7.2 +- 0.4 with
# `standard` and the baseline features.
IDEAL_FLOOR = {"quick": 3, "standard": 4, "paper": 4}


def ideal(text, profile, features):
    """The ideal template is an upper limit for every other, and unbiased. The result of the baseline features is older than its nine windows."""
    if profile not in IDEAL_FLOOR or features not in ("baseline", "baseline+delta_r"):
        raise NotStated(f"no claims are stated for profile {profile} with {features}")
    def row(name):
        line = find(rf"^ *{name}: (.*)$", text, f"row of {name}")[1]
        cells = re.findall(r"([+-][\d.]+) \+- ([\d.]+) at ([\d.]+)", line)
        if tuple(epsilon for _, _, epsilon in cells) != EFFICIENCIES:
            raise NotStated(f"the row of {name} has not 0.01, 0.001 and 0.0001")
        return [(float(mean), float(error)) for mean, error, _ in cells]

    best = row("ideal")
    for rule in ("paper", "spread"):
        for epsilon, (mean, error), (other, its) in zip(EFFICIENCIES, best, row(f"cwola, rule {rule}")):
            below = (other - mean) / math.hypot(error, its)
            yield below <= 2, f"S of ideal at {epsilon} is not below CWoLa's, rule {rule}, by more than 2 standard errors ({below:+.1f})"
    for epsilon in EFFICIENCIES:
        mean, error = map(float, find(rf"^  {epsilon}: ([+-][\d.]+) \+- ([\d.]+) ", text, f"delta_sys of ideal at {epsilon}").groups())
        yield abs(mean) <= 2 * error, f"delta_sys of ideal at {epsilon} agrees with 0 within 2 uncertainties ({abs(mean) / error:.1f})"
    if features == "baseline" and "signed S: window" not in text:
        return
    tables, floor = significances(text), IDEAL_FLOOR[profile]
    largest = max(abs(s) for s in known(tables["none"].values(), "S without injection"))
    yield largest < 3, f"none injected: no |S| reaches 3 in any window ({largest:.2f})"
    for window in (5, 6):
        s = needed(tables["500"][window, 0.001], f"window {window} at 0.001")
        yield s >= floor, f"500 injected: S at 0.001 is at least {floor} in window {window} ({s:+.2f})"
    beside = max(abs(s) for (window, _), s in tables["500"].items() if window in (1, 2, 8, 9) and s is not None)
    yield beside < 3, f"500 injected: no |S| reaches 3 in windows 1, 2, 8 and 9 ({beside:.2f})"


def pulls(text):
    """No excess in the mean, and none overstated: 3 standard errors of a width from 200 experiments are 0.15."""
    count = int(find(r"^(\d+) background-only experiments", text, "number of experiments")[1])
    yield count >= 200, f"at least 200 experiments ({count})"
    blocks = re.split(r"^(ideal|cwola): .*$", text, flags=re.MULTILINE)[1:]
    if blocks[::2] != ["ideal", "cwola"]:
        raise NotStated("the table has not ideal and cwola")
    for method, block in zip(blocks[::2], blocks[1::2]):
        for epsilon in EFFICIENCIES[:2]:
            mean, width, high, low = map(float, find(
                rf"^  {epsilon}: mean (\S+) .*, width (\S+), largest (\S+), smallest (\S+)$", block, f"{method} at {epsilon}").groups())
            limit = 3 * width / math.sqrt(count)
            yield abs(mean) < limit, f"{method} at {epsilon}: the mean of S is 0 within 3 standard errors ({mean:+.3f}, limit {limit:.3f})"
            yield 0.7 <= width <= 1.15, f"{method} at {epsilon}: the width of S lies in 0.7 to 1.15 ({width:.3f})"
            yield max(high, -low) < 4, f"{method} at {epsilon}: no |S| reaches 4 ({low:+.2f} to {high:+.2f})"


def nulls(text):
    """Ranks among 19 permutations are uniform: chi2 (p above .001) of 20 bins, or of as many as have five searches each."""
    count = int(find(r"^(\d+) background-only searches", text, "number of searches")[1])
    yield count >= 400, f"400 searches, as many as validation/nulls makes ({count})"
    bins, limit = next((bins, limit) for bins, limit in ((20, 43.82), (10, 27.88), (5, 18.47)) if count >= 5 * bins or bins == 5)
    rows = re.findall(r"^  (local, window \d at \S+|global): ((?:\d+ ){19}\d+)$", text, re.MULTILINE)
    if len(rows) != 7:
        raise NotStated("the table has not six local rows and a global one")
    for name, cells in rows:
        each = [int(cell) for cell in cells.split()]
        found = [sum(each[i:i + 20 // bins]) for i in range(0, 20, 20 // bins)]
        expected = sum(found) / bins
        chi2 = sum((n - expected) ** 2 / expected for n in found)
        yield chi2 < limit and sum(found) == count, f"{name}: p is uniform (chi2 {chi2:.1f} in {bins} bins, limit {limit})"
    halves = re.findall(r"^  (window \d at \S+): ([\d.]+) ([\d.]+) ([\d.]+) of (\d+)$", text, re.MULTILINE)
    if len(halves) != 6:
        raise NotStated("the table has not six rows of the half-split")
    for name, *fractions, known in halves:
        for level, fraction in zip((0.05, 0.1, 0.2), map(float, fractions)):
            limit = level + 2.6 * math.sqrt(level * (1 - level) / int(known))
            yield fraction <= limit, f"half-split, {name}: p <= {level} in at most {limit:.3f} ({fraction:.4f})"


def permutations(text):
    """An excess that no permutation reaches, none without a signal, and what it may cost: 90 CPU-minutes both, 120 the example."""
    parts = re.split(r"^(1000 injected|none injected|built-in example): ", text, flags=re.MULTILINE)[1:]
    if parts[::2] != ["1000 injected", "none injected", "built-in example"]:
        raise NotStated("the table has not 1000 injected, none and the built-in example")
    shared = 0
    for part, block in zip(parts[::2], parts[1::2]):
        least = 1000 if part == "built-in example" else 200
        made, failed = map(int, find(r"^(\d+) permutations, (\d+) failed", block, f"permutations, {part}").groups())
        spent = float(find(r", (\S+) CPU-minutes; ", block, f"CPU time, {part}")[1])
        yield made >= least and failed == 0, f"{part}: at least {least} permutations, none failed ({made}, {failed})"
        found = find(r"^largest S (\S+) in window (\d) at \S+: p_global (at most )?([\d.]+)( \(extrapolated (\S+)\))?$", block, f"p_global, {part}")
        p = float(found[4])
        if part == "none injected":
            yield p > 0.05, f"{part}: p_global is above 0.05 ({p})"
        else:
            yield found[3] is not None and p <= 1.01 / (made + 1) and found[2] in "456", (
                f"{part}: no permutation reaches the largest S, which is in window 4, 5 or 6 (p_global at most {p}, window {found[2]})")
            yield found[6] is not None and float(found[6]) < p, f"{part}: the extrapolation is below the bound ({found[6]})"
        if part == "built-in example":
            yield spent <= 120, f"{part}: at most 120 CPU-minutes ({spent})"
        else:
            shared += spent
    yield shared <= 90, f"shared events: at most 90 CPU-minutes for both ({shared:.1f})"


def power(text):
    """Permutations and the half-split find a planted signal more often than their size, and never more often without one."""
    count, background = map(int, find(r"^(\d+) searches with \d+ signal events, (\d+) without", text, "number of searches").groups())
    yield count >= 100 and background >= 100, f"at least 100 searches with signal and without ({count}, {background})"

    def row(name):
        return tuple(map(float, find(rf"^  {name}: ([\d.]+) of \d+ ([\d.]+) of \d+$", text, f"row of {name}").groups()))

    permuted, half, best = row("global, permutations"), row("global, half-split"), row(r"global, largest S above \S+ \(.*\)")
    for name, (found, wrong) in (("permutations", permuted), ("half-split", half)):
        limit = 0.05 + 2.6 * math.sqrt(0.05 * 0.95 / background)
        yield wrong <= limit, f"{name}: p_global <= 0.05 without signal in at most {limit:.3f} ({wrong:.4f})"
        yield found >= 0.15, f"{name}: p_global <= 0.05 with signal at least three times as often as its size ({found:.4f})"
    error = math.sqrt(0.5 / count)
    yield permuted[0] >= half[0] - 2 * error, f"permutations find it no less often than the half-split ({permuted[0]:.4f}, {half[0]:.4f})"
    yield permuted[0] >= 0.7 * best[0], (
        f"19 permutations find at least seven tenths of what the largest S would with its true threshold ({permuted[0]:.4f}, {best[0]:.4f})")


def example(text):
    rows = re.findall(r"^seed +\d+: with (\S+) in window (\d) at \S+ without (\S+) in window", text, re.MULTILINE)
    yield len(rows) == 10, f"ten seeds ({len(rows)})"
    found = sum(float(s) >= 3 and int(window) in (4, 5, 6) for s, window, _ in rows)
    yield found >= 9, f"the largest S is at least 3 and in windows 4 to 6 with at least 9 seeds ({found})"
    without = [float(s) for _, _, s in rows]
    reached = sum(s >= 3 for s in without)
    yield reached <= 1, f"without the signal at most one seed reaches 3 in any of its 18 numbers ({reached})"
    yield max(without, default=math.inf) < 4, f"without the signal no seed reaches 4 (largest {max(without, default=math.inf):+.2f})"


def classifier(text):
    """With balanced sidebands, our profiles' trees against the paper's."""
    seeds = int(find(r"members, (\d+) seeds", text, "number of seeds")[1])
    yield seeds >= 6, f"at least six seeds ({seeds})"
    differences = []
    for window in (4, 5, 6):
        ours, theirs = ([(float(mean), float(error)) for mean, error in re.findall(
            r"([+-][\d.]+) \+- ([\d.]+)", find(rf"^{trees} +mass +{window} (.*)$", text, f"row of {trees}, mass, {window}")[1])]
            for trees in ("standard", "paper"))
        if len(ours) != 3 or len(theirs) != 3:
            raise NotStated(f"the rows of window {window} have not three numbers")
        differences += [(s - other, math.hypot(error, its)) for (s, error), (other, its) in zip(ours, theirs)]
    better = sum(difference > 0 for difference, _ in differences)
    yield better >= 7, f"our trees give more significance in at least seven of nine numbers ({better})"
    mean = sum(difference for difference, _ in differences) / len(differences)
    yield mean >= 0.1, f"our trees give at least 0.1 more in the mean ({mean:+.2f})"
    worst = min(difference / error for difference, error in differences)
    yield worst >= -2, f"our trees are nowhere below the paper's by more than 2 standard errors ({worst:+.1f})"
