"""Reads the LHC Olympics feature files: mjj, baseline features and delta_r, in TeV / 1, one row an event."""
from pathlib import Path

import numpy as np
import pandas as pd

NAMES = ["mjj", "mj1", "delta_mj", "tau21_j1", "tau21_j2", "delta_r"]
DEFAULT_FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def load(folder, name):
    table = pd.read_hdf(Path(folder) / f"{name}.features.h5", "df")
    column = lambda key: table[key].to_numpy(np.float64)
    momentum, mass, energy, eta, phi, tau21 = {}, {}, {}, {}, {}, {}
    for j in ("j1", "j2"):
        momentum[j] = np.stack([column(axis + j) for axis in ("px", "py", "pz")], 1)
        mass[j] = column("m" + j)
        energy[j] = np.sqrt((momentum[j] ** 2).sum(1) + mass[j] ** 2)
        eta[j] = np.arcsinh(momentum[j][:, 2] / np.hypot(momentum[j][:, 0], momentum[j][:, 1]))
        phi[j] = np.arctan2(momentum[j][:, 1], momentum[j][:, 0])
        tau1, tau2 = column("tau1" + j), column("tau2" + j)
        tau21[j] = np.where(tau1 > 0, tau2 / np.where(tau1 > 0, tau1, 1), 0)
    total = ((momentum["j1"] + momentum["j2"]) ** 2).sum(1)
    mjj = np.sqrt((energy["j1"] + energy["j2"]) ** 2 - total) / 1000
    dphi = np.abs(phi["j1"] - phi["j2"])
    dphi = np.where(dphi > np.pi, 2 * np.pi - dphi, dphi)
    delta_r = np.hypot(dphi, eta["j1"] - eta["j2"])
    first_is_lighter = mass["j1"] <= mass["j2"]
    return np.stack([
        mjj,
        np.minimum(mass["j1"], mass["j2"]) / 1000,
        np.abs(mass["j1"] - mass["j2"]) / 1000,
        np.where(first_is_lighter, tau21["j1"], tau21["j2"]),
        np.where(first_is_lighter, tau21["j2"], tau21["j1"]),
        delta_r], 1)
