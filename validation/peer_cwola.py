"""CWoLa counts by scikit-learn on the shared Monte Carlo: the same windows, folds by random numbers, HistGradientBoostingClassifier with
the published settings. Says whether a difference to a paper lies in our classifier or in the events.

Usage: OMP_NUM_THREADS=1 python3 validation/peer_cwola.py data|mc MEMBERS WINDOWS     for example: data 20 5,4,6
Needs numpy, pandas with tables, scikit-learn. data: qcd_pythia with the first 1000 signal events; mc: qcd_alt.
"""
import sys

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

DATA = "../shared/data/"
EFFICIENCIES = (1e-2, 1e-3, 1e-4)
FOLDS = 5


def features(frame):
    a = {name: frame[name].to_numpy(np.float64) for name in frame.columns}
    energy = sum(np.sqrt(a[f"px{j}"] ** 2 + a[f"py{j}"] ** 2 + a[f"pz{j}"] ** 2 + a[f"m{j}"] ** 2) for j in ("j1", "j2"))
    mass = np.sqrt(energy**2 - sum((a[f"p{k}j1"] + a[f"p{k}j2"]) ** 2 for k in "xyz")) / 1000
    first_lighter = a["mj1"] <= a["mj2"]
    with np.errstate(invalid="ignore"):
        tau21 = [np.nan_to_num(a[f"tau2{j}"] / a[f"tau1{j}"]) for j in ("j1", "j2")]
    columns = [
        np.minimum(a["mj1"], a["mj2"]) / 1000,
        np.abs(a["mj1"] - a["mj2"]) / 1000,
        np.where(first_lighter, *tau21),
        np.where(first_lighter, *tau21[::-1]),
    ]
    return mass, np.stack(columns, 1).astype(np.float32)


def count(mass, x, window, members, seed=1):
    low, high = 3.3 + 0.1 * (window - 5), 3.7 + 0.1 * (window - 5)
    data = x[(mass >= low) & (mass < high)]
    template = x[((mass >= low - 0.2) & (mass < low)) | ((mass >= high) & (mass < high + 0.2))]
    random = np.random.RandomState(seed)
    data_fold, template_fold = random.randint(0, FOLDS, len(data)), random.randint(0, FOLDS, len(template))
    passing = {epsilon: np.zeros(2) for epsilon in EFFICIENCIES}
    for fold in range(FOLDS):
        rows = np.concatenate([data[data_fold != fold], template[template_fold != fold]])
        labels = np.r_[np.ones((data_fold != fold).sum()), np.zeros((template_fold != fold).sum())]
        scores = [np.zeros((f == fold).sum()) for f in (data_fold, template_fold)]
        for member in range(members):
            trees = HistGradientBoostingClassifier(
                max_iter=200, early_stopping=True, validation_fraction=0.5, class_weight="balanced", random_state=1000 * seed + 100 * fold + member
            ).fit(rows, labels)
            scores[0] += trees.predict_proba(data[data_fold == fold])[:, 1]
            scores[1] += trees.predict_proba(template[template_fold == fold])[:, 1]
        for epsilon in EFFICIENCIES:
            threshold = np.quantile(scores[1], 1 - epsilon, method="nearest")
            passing[epsilon] += [(s >= threshold).sum() for s in scores]
    for epsilon, (observed, background) in passing.items():
        expected = background / len(template) * len(data)
        print(f"window {window} eps_B {epsilon:g}: N_obs {observed:.0f}, eps_B N_SR {expected:.1f}, delta {observed / expected - 1:+.3f}", flush=True)


def main(sample, members, windows):
    if sample == "mc":
        frame = pd.read_hdf(DATA + "qcd_alt.features.h5")
    else:
        signal = pd.read_hdf(DATA + "signal_xy_3500_500_100.features.h5").iloc[:1000]
        frame = pd.concat([pd.read_hdf(DATA + "qcd_pythia.features.h5"), signal])
    mass, x = features(frame)
    for window in windows.split(","):
        count(mass, x, int(window), int(members))


if __name__ == "__main__":
    main(*sys.argv[1:])
