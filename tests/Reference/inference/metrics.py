"""Reference values of quantiles, AUC, KS, percentiles and chi2 tails (numpy, scikit-learn, scipy).

    python3 metrics.py     writes scores.csv (the input) and metrics.csv (name,value) beside this file

Scores are float32 and rounded to two decimals in part, so that there are ties within and across the classes.
"""
import os

import numpy as np
from scipy.stats import chi2, ks_2samp
from sklearn.metrics import roc_auc_score, roc_curve

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(20241100)
n_signal, n_background = 400, 1501
label = np.concatenate([np.ones(n_signal, int), np.zeros(n_background, int)])
score = np.concatenate([rng.normal(0.9, 0.8, n_signal), rng.normal(0, 1, n_background)])
score[::3] = np.round(score[::3], 2)
score = score.astype(np.float32)
weight = np.round(rng.gamma(2.0, 0.5, label.size), 6)
np.savetxt(os.path.join(HERE, "scores.csv"), np.column_stack([label, score.astype(float), weight]),
           fmt=["%d", "%.17g", "%.17g"], delimiter=",", header="label,score,weight", comments="")

signal, background = score[label == 1], score[label == 0]
rows = []
for n in (1501, 1500, 751, 101, 26, 11, 2, 1):
    for p in (0.01, 0.02, 0.1, 0.25, 0.5, 0.9):
        rows.append((f"quantile {n} {p}", np.quantile(background[:n], 1 - p, method="nearest")))
rows.append(("auc", roc_auc_score(label, score)))
rows.append(("auc weighted", roc_auc_score(label, score, sample_weight=weight)))
fpr, tpr, _ = roc_curve(label, score, drop_intermediate=False)
for p in (0.01, 0.1, 0.37):
    rows.append((f"signal efficiency {p}", np.interp(p, fpr, tpr)))
passing = np.round(fpr * n_background)
rows.append(("maximum sic 25", np.max(tpr[passing >= 25] / np.sqrt(fpr[passing >= 25]))))
rows.append(("ks", ks_2samp(signal, background).statistic))


def weighted_ks(a, wa, b, wb):
    grid = np.unique(np.concatenate([a, b]))
    distance = [abs(wa[a <= x].sum() / wa.sum() - wb[b <= x].sum() / wb.sum()) for x in grid]
    return max(distance)


rows.append(("ks weighted", weighted_ks(signal, weight[label == 1], background, weight[label == 0])))
for p in (0, 16, 50, 84, 99.9, 100):
    rows.append((f"percentile {p}", np.percentile(weight, p)))
for k in (1, 2, 3, 4, 7, 10, 299):
    for x in (0.1, 1.0, 7.5, 40.0, 330.0):
        rows.append((f"chi2 {x} {k}", chi2.sf(x, k)))
with open(os.path.join(HERE, "metrics.csv"), "w") as out:
    out.write("name,value\n")
    for name, value in rows:
        out.write(f"{name},{float(value)!r}\n")
