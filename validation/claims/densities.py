"""Claims about learned densities: results/density.txt and sculpting.txt."""
import re
import statistics

from claim import NotStated, find

EFFICIENCIES = (0.01, 0.001, 0.0001)


def density(text):
    """Nearly nothing tells drawn events from the true ones; truth against truth says what the instrument itself sees."""
    quality = r"AUC ([\d.]+)  KS ([\d.]+)  delta_sys (\S+) (\S+) (\S+)"
    auc = float(find(rf"^truth, once as many +{quality}", text, "row of truth against truth")[1])
    yield abs(auc - 0.5) <= 0.005, f"truth against truth: AUC 0.5 within 0.005 ({auc})"
    rows = re.findall(rf"^density \d+ +{quality}  (\S+) standard, fit (\d+) CPU s", text, re.MULTILINE)
    learned = {kind: [row for row in rows if row[5] == kind] for kind in ("flow-matching", "maf")}
    yield len(learned["flow-matching"]) == 3 and len(learned["maf"]) == 1, f"three densities of the recipe and one MAF ({len(rows)} rows)"
    for kind, some in learned.items():
        if not some:
            raise NotStated(f"the table has no row of {kind}")
        largest = [max(float(row[column]) for row in some) for column in (0, 1)]
        yield largest[0] <= 0.515, f"{kind}: AUC at most 0.515 ({largest[0]})"
        yield largest[1] <= 0.01, f"{kind}: no KS above 0.01 ({largest[1]})"
        for column, (epsilon, limit) in enumerate(zip(EFFICIENCIES, (0.15, 0.2, 0.5)), 2):
            mean = statistics.fmean(float(row[column]) for row in some)
            yield abs(mean) <= limit, f"{kind}: mean |delta_sys| from labels at {epsilon:g} at most {limit:g} ({mean:+.3f})"
    ratio = float(learned["maf"][0][6]) / statistics.fmean(float(row[6]) for row in learned["flow-matching"])
    yield ratio >= 5, f"the MAF takes at least five times the CPU time ({ratio:.0f})"
    for features, limit in (("baseline", 0.005), ("baseline+delta_r", 0.015)):
        row = rf"^flow-matching standard {re.escape(features)}: 500000 .* KL ([\d.]+) .*\((\d+) of 100000 outside"
        divergence, outside = map(float, find(row, text, f"divergence of {features}").groups())
        yield divergence <= limit, f"{features}: divergence from the simulator's density at most {limit:g} per event ({divergence})"
        yield outside <= 20, f"{features}: at most 20 of 100000 events outside of the range learned ({outside:.0f})"


def sculpting(text):
    """A cut on LaCATHODE's score is a random cut for the mass spectrum, one on CATHODE's is not."""
    blocks = re.split(r"^(LaCATHODE toy|qcd_pythia, .*)$", text, flags=re.MULTILINE)[1:]
    if len(blocks) != 4:
        raise NotStated("the table has not the toy and qcd_pythia")
    for events, block in zip(blocks[::2], blocks[1::2]):
        for method in ("lacathode", "cathode"):
            for epsilon in ("0.1", "0.01"):
                median, trainings, low, high = map(float, find(
                    rf"^{method}, \d+ events, eps_B = {epsilon}: .* median (\S+) .* of (\d+) trainings, random subsets (\S+) to (\S+): ",
                    block, f"{method} at {epsilon}, {events}").groups())
                what = f"{events}, {method} at {epsilon}: median chi2 {median}, random subsets {low} to {high}"
                yield trainings >= 10, f"{events}, {method} at {epsilon}: at least ten trainings ({trainings:.0f})"
                if method == "lacathode":
                    yield low <= median <= high, f"{what}: inside"
                else:
                    yield median >= 2 * high, f"{what}: at least twice their upper end"
