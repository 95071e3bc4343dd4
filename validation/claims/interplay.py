"""Claims about several methods on the same events: results/interplay.txt, oversampling.txt, bagging.txt, each also with -quick; templates.txt."""
import math
import re
import statistics

from claim import NotStated, find, known, needed, value

SOURCES = ("salad", "feta", "curtains", "cathode")
METHODS = (*SOURCES, "combined-samples", "combined-scores", "ideal", "supervised")


def performances(text):
    """{name of the row: (SIC at 1000 of each training, mean max SIC, CPU seconds of the search)}."""
    rows = re.findall(r"^(.+?): SIC at 1000 .*?, max SIC ([\d.]+|failed).*, (\d+) CPU s; SIC at 1000 each (.*)$", text, re.MULTILINE)
    return {name: ([value(cell) for cell in each.split()], value(most) if most != "failed" else None, float(seconds))
            for name, most, seconds, each in rows}


def gain(better, worse):
    """Mean paired difference of two rows' trainings, and its standard error."""
    differences = [needed(b, "a training") - needed(w, "a training") for b, w in zip(better[0], worse[0], strict=True)]
    if len(differences) < 2:
        raise NotStated("the table has a single training")
    return statistics.fmean(differences), statistics.stdev(differences) / math.sqrt(len(differences))


def oversampling(text):
    rows = performances(text)
    if list(rows) != [f"x{times}" for times in range(1, 7)]:
        raise NotStated("the table has not a row for x1 to x6")
    (late, late_error), (early, early_error) = gain(rows["x6"], rows["x4"]), gain(rows["x4"], rows["x1"])
    four = statistics.fmean(rows["x4"][0])
    yield abs(late) <= max(2 * late_error, 0.05 * four), (
        f"oversampling saturates: from x4 to x6 SIC at a rejection of 1000 moves by no more than 5 % or two of its errors ({late:+.2f} +- {late_error:.2f} of {four:.2f})")
    yield early >= -2 * early_error, f"x4 is not worse than x1 by more than two of its errors ({early:+.2f} +- {early_error:.2f})"


def bagging(text):
    rows = performances(text)
    names = [f"4 features, {drawn} a member" for drawn in (4, 3, 2, 1)] + [f"56 features, {drawn} a member" for drawn in (56, 28, 14, 7)]
    if list(rows) != names:
        raise NotStated("the table has not a row for 4, 3, 2, 1 of 4 and 56, 28, 14, 7 of 56 features")
    for name, row in rows.items():
        yield None not in row[0], f"{name}: every training has a SIC at a rejection of 1000"
    (kept, error), all_of = gain(rows[names[6]], rows[names[4]]), statistics.fmean(rows[names[4]][0])
    yield kept >= -max(2 * error, 0.1 * all_of), (
        f"of 56 features a draw of 14 has the SIC of all within 10 % or two of its errors ({kept:+.2f} +- {error:.2f} of {all_of:.2f})")
    share = rows[names[6]][2] / rows[names[4]][2]
    yield share <= 0.7, f"and takes at most 0.7 of its CPU time ({share:.2f})"


def templates(text):
    """What a template may be off: AUC in the mean over templates, KS of every feature (delta_r of CURTAINs moves with the mass)."""
    rows = re.findall(r"^([\w -]+): AUC ([\d.]+) \(([\d. ]+)\); largest KS (.*)$", text, re.MULTILINE)
    auc = {name: float(mean) for name, mean, _, _ in rows}
    if set(auc) != {*SOURCES, "combined", "simulation", "truth against truth"}:
        raise NotStated("the table has not a row for each method, the simulation as it is and the truth")
    count = {len(each.split()) for _, _, each, _ in rows}
    yield count == {max(count)} and max(count) >= 3, f"at least three templates a method ({min(count)})"
    limits = {"salad": 0.508, "feta": 0.508, "curtains": 0.512, "cathode": 0.512}
    for name, limit in limits.items():
        yield auc[name] <= limit, f"{name}: AUC against the window's background at most {limit:g} ({auc[name]})"
    sources = statistics.fmean(auc[name] for name in SOURCES)
    yield auc["combined"] <= sources + 0.002, f"combined: AUC at most the mean of its sources + 0.002 ({auc['combined']}, {sources:.4f})"
    yield auc["simulation"] >= 0.55, f"the simulation as it is: AUC at least 0.55 ({auc['simulation']})"
    yield abs(auc["truth against truth"] - 0.5) <= 0.004, f"truth against truth: AUC 0.5 within 0.004 ({auc['truth against truth']})"
    for name, _, _, distances in rows:
        if name not in limits and name != "combined":
            continue
        for feature, distance in re.findall(r"(\w+) ([\d.]+)", distances):
            limit = 0.012 if (name, feature) == ("curtains", "delta_r") else 0.008
            yield float(distance) <= limit, f"{name}: no KS of {feature} above {limit:g} ({distance})"


def table(text, title):
    """{(row, injected): cells} of one of the tables."""
    block = find(rf"^{re.escape(title)}.*\n +injected((?: +\d+)+)\n((?:.+\n)+)", text + "\n", f"table '{title}'")
    strengths = block[1].split()
    found = {}
    for line in block[2].splitlines():
        cells = re.split(r"  +", line.strip())
        if len(cells) == len(strengths) + 1:
            found.update({(cells[0], injected): cell for injected, cell in zip(strengths, cells[1:])})
    return strengths, found


def sic(cell, what):
    """(mean, spread) of "8.10 +- 0.45 (0.30)"."""
    match = re.match(r"([\d.]+) \+- ([\d.]+) ", cell)
    if match is None:
        raise NotStated(f"the table has no number with a spread for {what}")
    return float(match[1]), float(match[2])


def interplay(text, quick):
    strengths, cells = table(text, "SIC at a rejection of 1000")
    every = ["0", "1000"] if quick else ["0", "500", "750", "1000", "1500"]
    if "1000" not in strengths or strengths != [injected for injected in every if injected in strengths]:
        raise NotStated(f"the table is not of {', '.join(every)} injected, or of some of these with 1000")
    for injected in [injected for injected in ("750", "1000") if injected in strengths]:
        found = {method: sic(cells[method, injected], f"{method} at {injected}") for method in METHODS}
        best = max(mean for method, (mean, _) in found.items() if method != "supervised")
        yield found["supervised"][0] >= best - 2 * found["supervised"][1], (
            f"{injected} injected: no search is better than supervised trees by more than two spreads ({best:.2f}, {found['supervised'][0]:.2f})")
    worst = min((sic(cells[method, "1000"], method)[0], method) for method in (*SOURCES, "combined-samples", "combined-scores"))
    yield worst[0] >= 3, f"1000 injected: every method and both combinations reach a SIC of 3 at a rejection of 1000 (least {worst[1]}, {worst[0]:.2f})"
    most = strengths[-1]
    if "0" in strengths:
        nothing = max((sic(cells[method, "0"], method)[0], method) for method in (*SOURCES, "combined-samples", "combined-scores"))
        yield nothing[0] < worst[0], f"without signal none reaches the least of these ({nothing[1]}, {nothing[0]:.2f})"
        _, common = table(text, "salad, feta, curtains, cathode: common part of the top 5 %")
        none, some = (needed(value(common["signal, all four", n]), f"the overlap at {n}") for n in ("0", most))
        yield some > none, f"the four agree more on which signal is in the top 5 % with {most} injected than with none ({some:.3f}, {none:.3f})"
    _, pairs = table(text, "correlation of log-odds of mean scores")
    means = []
    for k in (0, 1):
        means.append(statistics.fmean(known(
            [value(cell.split(" / ")[k]) for (name, injected), cell in pairs.items() if injected == most and "-" in name], "correlations")))
    yield means[1] > means[0], f"{most} injected: methods agree more on signal than on background (mean correlation {means[1]:.3f}, {means[0]:.3f})"
