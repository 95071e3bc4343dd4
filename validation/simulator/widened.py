"""Tables of 56 features for validation/bagging, from the shared events in 3.3 < mjj < 3.7 TeV: data.npz (with 1000 signal events, counted
over all masses), ideal.npz, test.npz and features.txt. Usage: widened.py FOLDER"""
import pathlib
import sys

import numpy as np
import pandas as pd

from dijets import DEFAULT_FOLDER, NAMES, load

FEATURES = 56
INJECTED = 1000
MOST_TEST_SIGNAL = 20_000


def physical(name):
    """mjj and 13 features: baseline, delta_r, tau32 and the six N-subjettinesses, of the lighter jet (j1) and the heavier."""
    x = load(DEFAULT_FOLDER, name)
    table = pd.read_hdf(pathlib.Path(DEFAULT_FOLDER) / f"{name}.features.h5", "df")
    swap = (table["mj1"] > table["mj2"]).to_numpy()
    tau = {(n, j): np.where(swap, table[f"tau{n}j{3 - j}"], table[f"tau{n}j{j}"]) for n in (1, 2, 3) for j in (1, 2)}
    tau32 = [np.divide(tau[3, j], tau[2, j], out=np.zeros(len(x)), where=tau[2, j] > 0) for j in (1, 2)]
    names = NAMES + ["tau32_j1", "tau32_j2"] + [f"tau{n}_j{j}" for n, j in tau]
    columns = np.column_stack([x, *tau32, *tau.values()])
    return names, columns


def widened(columns, random):
    """Behind the physical features by turns one of them smeared by 20 % and standard normal noise, until there are 56."""
    x = [columns[:, f] for f in range(1, columns.shape[1])]
    known = len(x)
    while len(x) < FEATURES:
        copied = (len(x) - known) % 2 == 0
        source = x[((len(x) - known) // 2) % known]
        x.append(source * (1 + 0.2 * random.standard_normal(len(source))) if copied else random.standard_normal(len(source)))
    return x


def main(folder):
    random = np.random.default_rng(1)
    tables = {}
    for name in ("qcd_pythia", "qcd_pythia_extra", "signal_xy_3500_500_100"):
        names, columns = physical(name)
        inside = (columns[:, 0] >= 3.3) & (columns[:, 0] < 3.7)
        tables[name] = columns, inside
    signal, in_window = tables["signal_xy_3500_500_100"]
    injected, other = signal[:INJECTED][in_window[:INJECTED]], signal[INJECTED:][in_window[INJECTED:]][:MOST_TEST_SIGNAL]
    background = {name: tables[name][0][tables[name][1]] for name in ("qcd_pythia", "qcd_pythia_extra")}
    template = 3 * len(background["qcd_pythia_extra"]) // 5
    names = names[1:] + [f"extra_{n}" for n in range(len(names), FEATURES + 1)]

    def write(name, events, label):
        values = [column.astype(np.float32) for column in widened(events, random)]
        path = pathlib.Path(folder) / f".{name}.npz"
        np.savez(path, mjj=events[:, 0], label=label.astype(np.int8), **dict(zip(names, values)))
        path.replace(pathlib.Path(folder) / f"{name}.npz")

    def joined(background, signal):
        return np.concatenate([background, signal]), np.arange(len(background) + len(signal)) >= len(background)

    (pathlib.Path(folder) / "features.txt").write_text(",".join(names))
    write("data", *joined(background["qcd_pythia"], injected))
    write("ideal", *joined(background["qcd_pythia_extra"][:template], signal[:0]))
    write("test", *joined(background["qcd_pythia_extra"][template:], other))


main(*sys.argv[1:])
