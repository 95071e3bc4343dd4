"""Claims about FETA (arXiv:2212.11285, table VI and figure 7) on the shared Monte Carlo: results/feta.txt, feta-quick.txt."""
import re
import statistics

from claim import NotStated, find
from interplay import table

STRENGTHS = {True: ["300", "1000", "3000"], False: ["300", "500", "750", "1000", "1200", "1500", "2000", "2500", "3000"]}
SEARCHES = {True: ("feta", "cathode"), False: ("feta", "salad", "curtains", "cathode")}
OTHERS = ("ideal", "simulation", "supervised")


def number(cell, what):
    """(mean, spread) of "8.10 +- 0.45"."""
    match = re.fullmatch(r"([+-]?[\d.]+) \+- ([\d.]+)", cell)
    if match is None:
        raise NotStated(f"the table has no number with a spread for {what}")
    return float(match[1]), float(match[2])


def judge(text, quick):
    yield from bands(text)
    strengths, cells = table(text, "max SIC: mean")
    if strengths != STRENGTHS[quick]:
        raise NotStated(f"the table has not {', '.join(STRENGTHS[quick])} injected")
    sic = {(method, n): number(cells[method, n], f"{method} at {n}") for method in (*SEARCHES[quick], *OTHERS) for n in ("1000", "3000")}
    ours = sic["feta", "1000"][0]
    yield ours >= 5, f"1000 injected: max SIC of FETA is at least 5 ({ours:.2f})"
    for method in SEARCHES[quick][1:]:
        other = sic[method, "1000"][0]
        yield ours >= 0.7 * other, f"1000 injected: FETA reaches seven tenths of the max SIC of {method} ({ours:.2f}, {other:.2f})"
    bare = sic["simulation", "1000"][0]
    yield bare < ours, f"1000 injected: the simulation as it is has a smaller max SIC than FETA ({bare:.2f}, {ours:.2f})"
    most, supervised = sic["feta", "3000"][0], sic["supervised", "3000"]
    yield most >= 0.7 * supervised[0], f"3000 injected: FETA reaches seven tenths of the max SIC of supervised trees ({most:.2f}, {supervised[0]:.2f})"
    best = max((sic[method, "3000"][0], method) for method in (*SEARCHES[quick], "ideal", "simulation"))
    yield best[0] <= supervised[0] + 2 * supervised[1], (
        f"3000 injected: no search is better than supervised trees by more than two spreads ({best[1]} {best[0]:.2f}, {supervised[0]:.2f} +- {supervised[1]:.2f})")
    _, found = table(text, "S at 0.001, statistical errors alone")
    s = number(found["feta", "1000"], "S of FETA at 1000")[0]
    yield s >= 3, f"1000 injected: S of FETA at 0.001 is at least 3 ({s:+.2f})"
    smallest = find(r"^feta: (?:below (\d+) injected|\d+ injected, S/B ([\d.]+) %|above \d+ injected|not known)$", text, "the smallest signal of FETA")
    seen = smallest[1] is not None or (smallest[2] is not None and float(smallest[2]) <= 0.74)
    yield seen, f"the smallest signal that FETA would see is at most S/B 0.74 %, as published ({smallest[0].removeprefix('feta: ')})"


def bands(text):
    """Table VI: 0.597, 0.571, 0.594 as it is and 0.513, 0.503, 0.515 carried, with classifiers of the paper's own."""
    rows = re.findall(r"^transport: \d+ passes in \d+ CPU s, training \d+: (.*)$", text, re.MULTILINE)
    if not rows:
        raise NotStated("the table has no training of the transport")
    for band in ("SB1", "SR", "SB2"):
        before, after = (statistics.fmean(float(find(rf"{band} {kind}: AUC ([\d.]+)", row, f"AUC of {band} {kind}")[1]) for row in rows)
                         for kind in ("as it is", "carried"))
        yield before >= 0.55, f"{band}: trees tell data from the simulation as it is with an AUC of at least 0.55 ({before:.4f})"
        yield after <= 0.515, f"{band}: and from the simulation that was carried with at most 0.515 ({after:.4f})"
