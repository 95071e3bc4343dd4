"""Reference values of what compares classifiers with each other (numpy, scipy).

    python3 comparison.py     writes twins.csv (the input) and comparison.csv (name,value) beside this file

Two classifiers' scores in (0, 1) of the same events, rounded to two decimals in part, so that there are ties.
"""
import os

import numpy as np
from scipy.optimize import brentq

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(20230711)
n_signal, n_background = 300, 2000
label = np.concatenate([np.ones(n_signal, int), np.zeros(n_background, int)])
common = rng.normal(0, 1, label.size)
scores = []
for own in (0.5, 0.8, 1.5):
    odds = np.where(label == 1, 1.5, 0) + common + own * rng.normal(0, 1, label.size)
    score = 1 / (1 + np.exp(-odds))
    score[::4] = np.round(score[::4], 2)
    scores.append(np.clip(score, 0.01, 0.99).astype(np.float32))
np.savetxt(os.path.join(HERE, "twins.csv"), np.column_stack([label] + [s.astype(float) for s in scores]),
           fmt=["%d"] + ["%.17g"] * 3, delimiter=",", header="label,first,second,third", comments="")

rows = []
odds = [np.log(s.astype(float) / (1 - s.astype(float))) for s in scores]
for name, kept in (("signal", label == 1), ("background", label == 0)):
    for i, j in ((0, 1), (0, 2), (1, 2)):
        rows.append((f"correlation {name} {i} {j}", np.corrcoef(odds[i][kept], odds[j][kept])[0, 1]))


def members(score, p):
    """Weight of each event in the top p: of the events tied at the edge each has an equal part."""
    wanted, weight = p * score.size, np.zeros(score.size)
    for value in np.unique(score)[::-1]:
        tied = score == value
        weight[tied] = min(1.0, wanted / tied.sum())
        wanted -= tied.sum()
        if wanted <= 0:
            return weight
    return weight


background = label == 0
for p in (0.0125, 0.05, 0.333, 1.0):
    tops = [members(s[background], p) for s in scores]
    for i, j in ((0, 1), (0, 2), (1, 2)):
        rows.append((f"common {p} {i} {j}", (tops[i] * tops[j]).sum() / (p * n_background)))
    rows.append((f"common {p} all", np.prod(tops, axis=0).sum() / (p * n_background)))


def asimov(s, b):
    return np.sqrt(2 * ((s + b) * np.log1p(s / b) - s))


def needed(b, z):
    return brentq(lambda s: asimov(s, b) - z, 1e-9, 1e9, xtol=1e-12, rtol=1e-14)


for b in (0.01, 1.0, 30.0, 1e4):
    for z in (3.0, 5.0):
        rows.append((f"passing {b} {z}", needed(b, z)))
events = 50_000.0
for k, score in enumerate(scores):
    cuts = np.unique(score)
    passing = [(np.mean(score[label == 1] >= c), np.sum(score[background] >= c)) for c in cuts]
    least = min(needed(events * n / n_background, 5.0) / s for s, n in passing if n >= 25 and s > 0)
    rows.append((f"sigma_min {k}", least / np.sqrt(events)))
    for eps_s in (0.2, 0.5, 0.9):
        order = sorted(passing, key=lambda cut: cut[0])
        # Of cuts with the same eps_S the one of lowest eps_B; linear in eps_B between cuts.
        below = max((c for c in order if c[0] < eps_s), key=lambda c: (c[0], c[1]), default=(0.0, 0))
        above = min((c for c in order if c[0] >= eps_s), key=lambda c: (c[0], c[1]))
        n = below[1] + (eps_s - below[0]) / (above[0] - below[0]) * (above[1] - below[1])
        rows.append((f"sic at signal {k} {eps_s}", eps_s / np.sqrt(n / n_background)))
with open(os.path.join(HERE, "comparison.csv"), "w") as out:
    out.write("name,value\n")
    for name, value in rows:
        out.write(f"{name},{float(value)!r}\n")
