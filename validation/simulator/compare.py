"""Holds simulated events against the dijet files.

    python3 validation/simulator/compare.py [--other-members 2] default.npz alternative.npz signal.npz

validation/simulator/compare makes the three files and judges the tables.

The simulator's default background was fitted to qcd_pythia_extra and is compared with qcd_pythia; its signal was fitted to
the even rows of the signal file, those beside the peak with more weight, and is compared with all and with the odd ones; the
alternative was fitted to all of qcd_alt, so that its rows below say how well the fit describes its own sample. Files: NPZ or CSV with a column a name and a label.
"""
import argparse

import numpy as np
import pandas as pd
from scipy.stats import ks_2samp
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score, roc_curve

import dijets

REGIONS = {"below 3.1": (0, 3.1), "3.1-3.3": (3.1, 3.3), "SR 3.3-3.7": (3.3, 3.7), "3.7-3.9": (3.7, 3.9), "above 3.9": (3.9, 99)}
BASELINE, WITH_DELTA_R = [1, 2, 3, 4], [1, 2, 3, 4, 5]


def simulated(path, label):
    table = np.load(path) if path.endswith(".npz") else pd.read_csv(path)
    chosen = np.asarray(table["label"]) == label
    return np.stack([np.asarray(table[name], np.float64)[chosen] for name in dijets.NAMES], 1)


def inside(events, region):
    low, high = REGIONS[region]
    return events[(events[:, 0] >= low) & (events[:, 0] < high)]


def scores(x, y, members, seed=1):
    """Out-of-fold mean score of an ensemble of boosted trees, 5 folds."""
    fold = np.random.default_rng(seed).integers(0, 5, len(y))
    result = np.zeros(len(y))
    for k in range(5):
        train, test = fold != k, fold == k
        weight = np.where(y[train] == 1, 0.5 / y[train].mean(), 0.5 / (1 - y[train].mean()))
        for member in range(members):
            trees = HistGradientBoostingClassifier(
                learning_rate=0.1, max_leaf_nodes=31, min_samples_leaf=20, max_bins=255, max_iter=200, early_stopping=True,
                validation_fraction=0.5, n_iter_no_change=10, tol=1e-7, random_state=1000 * seed + 100 * k + member)
            result[test] += trees.fit(x[train], y[train], sample_weight=weight).predict_proba(x[test])[:, 1]
    return result / members


def separation(a, b, columns, members, most=150_000):
    a, b = a[:most], b[:most]
    y = np.r_[np.zeros(len(a)), np.ones(len(b))]
    return roc_auc_score(y, scores(np.r_[a, b][:, columns], y, members))


def supervised(background, signal, columns, members):
    y = np.r_[np.zeros(len(background)), np.ones(len(signal))]
    score = scores(np.r_[background, signal][:, columns], y, members)
    false, true, _ = roc_curve(y, score)
    return [roc_auc_score(y, score)] + [np.interp(e, false, true) / np.sqrt(e) for e in (1e-2, 1e-3)]


def show_distances(title, real, simulation):
    print(f"\n{title}: Kolmogorov-Smirnov statistic (events real, simulated)")
    print(f"{'':12s}" + "".join(f"{name:>10s}" for name in dijets.NAMES))
    for region in REGIONS:
        a, b = inside(real, region), inside(simulation, region)
        row = "".join(f"{ks_2samp(a[:, j], b[:, j], mode='asymp').statistic:10.4f}" for j in range(6))
        print(f"{region:12s}{row}   ({len(a)}, {len(b)})")
    for name, events in (("r real", real), ("r simulated", simulation)):
        row = "".join(f"{np.corrcoef(events[:, 0], events[:, j])[0, 1]:10.4f}" for j in range(1, 6))
        print(f"{name:12s}{'':10s}{row}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("default")
    parser.add_argument("alternative")
    parser.add_argument("signal")
    parser.add_argument("--data", default=dijets.DEFAULT_FOLDER)
    parser.add_argument("--members", type=int, default=50, help="of the ensemble simulator against qcd_pythia in the SR")
    parser.add_argument("--other-members", type=int, default=10, help="of all other ensembles")
    arguments = parser.parse_args()
    default, alternative = simulated(arguments.default, 0), simulated(arguments.alternative, 0)
    signal = simulated(arguments.signal, 1)
    pythia, alt = dijets.load(arguments.data, "qcd_pythia"), dijets.load(arguments.data, "qcd_alt")
    all_signal = dijets.load(arguments.data, "signal_xy_3500_500_100")
    real_signal = all_signal[1::2]

    show_distances("default background against qcd_pythia", pythia, default)
    show_distances("alternative background against qcd_alt", alt, alternative)
    show_distances("signal against the signal file", all_signal, signal)
    show_distances("signal against the odd rows of the signal file, which the fit has not seen", real_signal, signal)
    show_distances("odd rows against even rows of the signal file: what counting alone gives", real_signal, all_signal[::2])

    sr = "SR 3.3-3.7"
    other = arguments.other_members
    print("\nAUC of boosted trees, 5 folds", flush=True)
    print(f"simulator against qcd_pythia, SR, baseline + delta_r, {arguments.members} members: "
          f"{separation(pythia_sr := inside(pythia, sr), inside(default, sr), WITH_DELTA_R, arguments.members):.4f}", flush=True)
    print(f"simulator against qcd_pythia, SR, baseline, {other} members: "
          f"{separation(pythia_sr, inside(default, sr), BASELINE, other):.4f}", flush=True)
    print(f"signal against the file's signal, SR, baseline + delta_r, {other} members: "
          f"{separation(inside(real_signal, sr), inside(signal, sr)[:len(inside(real_signal, sr))], WITH_DELTA_R, other):.4f}", flush=True)
    for region in REGIONS:
        values = [separation(inside(default, region), inside(alternative, region), c, other) for c in (BASELINE, WITH_DELTA_R)]
        print(f"alternative against default, {region}, {other} members: baseline {values[0]:.4f}, + delta_r {values[1]:.4f}", flush=True)

    print(f"\nsignal against background in the SR, {other} members: AUC, SIC at 1e-2, SIC at 1e-3")
    n = len(inside(real_signal, sr))
    for title, columns in (("baseline", BASELINE), ("baseline + delta_r", WITH_DELTA_R)):
        for name, b, s in (("files", pythia_sr, inside(real_signal, sr)), ("simulator", inside(default, sr), inside(signal, sr)[:n])):
            auc, first, second = supervised(b[:len(pythia_sr)], s, columns, other)
            print(f"{title}, {name}: {auc:.4f} {first:.2f} {second:.2f}", flush=True)
