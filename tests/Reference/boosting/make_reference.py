#!/usr/bin/python3
"""Reference numbers of scikit-learn 1.2.1's HistGradientBoostingClassifier for the boosted trees.

The data sets come from a counter-based generator and from additions, multiplications and divisions only, so that the tests make
the same float32 values by themselves (ReferenceData.cs). Written beside this file: reference.json (edges, iterations, losses, AUC,
SIC and their spread over seeds) and log_odds_<set>.f32 (decision function of the test rows, little-endian float32).

Needs Debian 12's python3-sklearn (1.2.1). Run: OMP_NUM_THREADS=1 /usr/bin/python3 make_reference.py   (about five minutes)
"""
import json
import os
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
import sklearn.ensemble._hist_gradient_boosting.gradient_boosting as internals
from sklearn.metrics import roc_auc_score

HERE = os.path.dirname(os.path.abspath(__file__))
MEMBERS, SEEDS = 50, 6


def uniform(set_number, channel, count):
    """SplitMix64 of a counter, its upper 53 bits as a number in [0, 1)."""
    z = (np.uint64(set_number * 64 + channel + 1) << np.uint64(32)) + np.arange(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        z = (z + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)).astype(np.float64) / 9007199254740992.0


def cwola(rows, training):
    """Weak supervision: 45 % data with 2 % signal against a template of slightly heavier jets; tests on signal and background."""
    u = [uniform(1, c, rows) for c in range(16)]
    test = np.arange(rows) >= training
    data = np.where(test, False, u[9] < 0.45)
    signal = np.where(test, np.arange(rows) % 3 == 0, data & (u[10] < 0.02))
    shift = np.where(test | data, 1.0, 1.05)
    f0 = np.where(signal, 0.1 + 0.05 * (u[0] + u[1]), u[0] * u[1] * shift)
    f1 = np.where(signal, 0.4 + 0.1 * (u[2] + u[3]), u[2] * u[3] * shift)
    f2 = np.where(signal, u[4] * u[5], (u[4] + u[5]) / 2)
    f3 = np.where(signal, u[6] * (0.5 + 0.5 * u[7]), 0.3 * u[4] + 0.7 * u[6])
    return np.stack([f0, f1, f2, f3], 1).astype(np.float32), np.where(test, signal, data), None


def weighted(rows, training):
    """One class in five, event weights from 0.5 to 2, five features that separate well."""
    u = [uniform(2, c, rows) for c in range(16)]
    y = u[9] < 0.2
    f0 = np.where(y, 0.2, 0.0) + (u[0] + u[1] + u[2])
    f1 = np.where(y, 0.1, 0.0) + u[3] * u[4]
    f2 = u[5] / (1.01 - u[6])
    f3 = f0 * f1 + u[7]
    f4 = u[8]
    return np.stack([f0, f1, f2, f3, f4], 1).astype(np.float32), y, (0.5 + 1.5 * u[10]).astype(np.float32)


def missing(rows, training):
    """Nine features: integers, steps of 1/64 with many ties, one constant, and missing values that depend on the class."""
    u = [uniform(3, c, rows) for c in range(24)]
    y = u[9] < 0.5
    f0 = np.floor(u[0] * 7) + np.where(y, np.floor(u[1] * 1.5), 0.0)
    f1 = np.floor((u[2] + np.where(y, 0.05, 0.0)) * 64) / 64
    f2 = np.where(u[10] < np.where(y, 0.10, 0.05), np.nan, u[3] + np.where(y, 0.03, 0.0))
    f3 = np.where(u[11] < 0.3, np.nan, u[4] * u[5] - np.where(y, 0.02, 0.0))
    f4 = np.full(rows, 2.5)
    f5 = np.floor(u[6] * u[7] * 1000) / 100
    f6 = np.where(u[12] < 0.6, 0.0, u[8])
    f7 = np.where(y, u[13] * 1.02, u[13])
    f8 = np.floor(u[14] * 2)
    return np.stack([f0, f1, f2, f3, f4, f5, f6, f7, f8], 1).astype(np.float32), y, None


SETS = {"cwola": (cwola, 60000, 30000), "weighted": (weighted, 50000, 20000), "missing": (missing, 40000, 20000)}


def classifier(seed):
    return HistGradientBoostingClassifier(
        max_iter=200, max_leaf_nodes=31, early_stopping=True, validation_fraction=0.5, class_weight="balanced", random_state=seed)


def sic(score, truth, eps):
    """eps_S / sqrt(eps_B) above the score that eps of the background events reach."""
    background = np.sort(score[~truth])[::-1]
    passing = int(round(eps * len(background)))
    return float((score[truth] >= background[passing - 1]).mean() / np.sqrt(eps))


def qualities(score, truth):
    return [float(roc_auc_score(truth, score)), sic(score, truth, 1e-2), sic(score, truth, 1e-3)]


def given_split(training, set_number):
    mask = uniform(set_number, 63, training) < 0.5

    def split(*arrays, **_):
        return [part for a in arrays for part in (a[mask], a[~mask])]
    return split


def main():
    reference = {}
    original = internals.train_test_split
    for number, (name, (make, training, test)) in enumerate(SETS.items(), 1):
        x, y, w = make(training + test, training)
        y = y.astype(bool)
        truth = y[training:]
        fit_weights = None if w is None else w[:training]
        internals.train_test_split = given_split(training, number)
        model = classifier(0).fit(x[:training], y[:training], sample_weight=fit_weights)
        internals.train_test_split = original
        log_odds = model.decision_function(x[training:])
        log_odds.astype("<f4").tofile(os.path.join(HERE, f"log_odds_{name}.f32"))
        spread = []
        for seed in range(SEEDS):
            score = np.zeros(test)
            for member in range(MEMBERS):
                score += classifier(1000 * seed + member).fit(
                    x[:training], y[:training], sample_weight=fit_weights).predict_proba(x[training:])[:, 1]
            spread.append(qualities(score, truth))
            print(name, seed, spread[-1], flush=True)
        reference[name] = {
            "training": training, "test": test,
            "iterations": int(model.n_iter_),
            "auc": float(roc_auc_score(truth, log_odds)),
            "training_loss": [-float(s) for s in model.train_score_],
            "validation_loss": [-float(s) for s in model.validation_score_],
            "edges": [[float(e) for e in edges] for edges in model._bin_mapper.bin_thresholds_],
            "ensemble_qualities": spread,
        }
    with open(os.path.join(HERE, "reference.json"), "w") as out:
        json.dump(reference, out, indent=0)
        out.write("\n")


if __name__ == "__main__":
    main()
