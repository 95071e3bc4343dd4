"""The simulator against the Monte Carlo that it follows: results/simulator.txt."""
import re

from claim import NotStated, find

REGIONS = ("below 3.1", "3.1-3.3", "SR 3.3-3.7", "3.7-3.9", "above 3.9")


def distances(text, title):
    """({region: largest KS distance}, largest difference of a correlation with the mass)."""
    block = find(rf"^{title}: Kolmogorov-Smirnov.*\n.*\n((?:.*\n){{7}})", text, f"table '{title}'")[1]
    largest = {}
    for region in REGIONS:
        cells = find(rf"^{re.escape(region)} +((?:[\d.]+ +){{6}})\(", block, f"row {region} of '{title}'")[1].split()
        largest[region] = max(map(float, cells))
    real, simulated = ([float(cell) for cell in find(rf"^{row} +(.*)$", block, f"{row} of '{title}'")[1].split()]
                       for row in ("r real", "r simulated"))
    return largest, max(abs(a - b) for a, b in zip(real, simulated, strict=True))


def judge(text):
    for title, limit in (("default background against qcd_pythia", 0.015), ("alternative background against qcd_alt", 0.02)):
        largest, correlation = distances(text, title)
        yield max(largest.values()) <= limit, f"{title}: no KS above {limit:g} in any mass range ({max(largest.values())})"
        yield correlation <= 0.01, f"{title}: correlations with the mass agree within 0.01 ({correlation:.4f})"
    title = "signal against the odd rows of the signal file, which the fit has not seen"
    largest = distances(text, title)[0]["SR 3.3-3.7"]
    yield largest <= 0.015, f"signal against unseen rows: no KS above 0.015 in the signal region ({largest})"
    for what, pattern, limit in (
            ("simulator against qcd_pythia, baseline + delta_r", r"^simulator against qcd_pythia, SR, baseline \+ delta_r,", 0.52),
            ("simulator against qcd_pythia, baseline", r"^simulator against qcd_pythia, SR, baseline,", 0.51),
            ("signal against the file's signal", r"^signal against the file's signal, SR,", 0.55)):
        auc = float(find(pattern + r" .*: ([\d.]+)$", text, what)[1])
        yield auc <= limit, f"{what}: AUC at most {limit:g} ({auc})"
    rows = re.findall(r"^alternative against default, .*: baseline ([\d.]+), \+ delta_r ([\d.]+)$", text, re.MULTILINE)
    if len(rows) != len(REGIONS):
        raise NotStated("the table has not the two backgrounds in five mass ranges")
    for name, column in (("baseline", 0), ("baseline + delta_r", 1)):
        values = [float(row[column]) for row in rows]
        yield 0.55 <= min(values) and max(values) <= 0.6, (
            f"the two backgrounds, {name}: AUC 0.55 to 0.6 in every mass range ({min(values)} to {max(values)})")
    for features in ("baseline", r"baseline \+ delta_r"):
        files, simulated = ([float(cell) for cell in find(
            rf"^{features}, {kind}: ([\d. ]+)$", text, f"supervised row of {kind}")[1].split()] for kind in ("files", "simulator"))
        name = features.replace("\\", "")
        yield abs(files[0] - simulated[0]) <= 0.01, f"supervised, {name}: AUC as in the files within 0.01 ({simulated[0] - files[0]:+.4f})"
        ratio = max(abs(b / a - 1) for a, b in zip(files[1:], simulated[1:], strict=True))
        yield ratio <= 0.1, f"supervised, {name}: SIC as in the files within 10 % ({ratio:.1%})"
