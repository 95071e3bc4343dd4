"""chi2 per degree of freedom of the mass spectrum before and after a cut (CONVENTIONS.md, sculpting), from summary/ of two runs. The toy's
mass is uniform, so that the 200 equal bins there have nearly equal content."""
import sys

import numpy as np


def measure(full, selected):
    n, s = full.sum(), selected.sum()
    return float(((full / n - selected / s) ** 2 / (full / n / s)).sum() / (len(full) - 1))


prefix = sys.argv[1]
random = np.random.default_rng(1)
for method in ("lacathode", "cathode"):
    arrays = np.load(f"{prefix}-{method}/summary/window_1.npz")
    full = arrays["mass_all"]
    for epsilon, selected in zip(arrays["working_points"], arrays["mass_passing"]):
        band = [measure(full, random.multivariate_hypergeometric(full.astype(int), int(selected.sum()))) for _ in range(100)]
        low, high = np.percentile(band, [2.5, 97.5])
        value = measure(full, selected)
        print(f"{method}, {int(full.sum())} events, eps_B = {epsilon:g}: {int(selected.sum())} pass, chi2/{len(full) - 1} = {value:.3f}, "
              f"random subsets {low:.3f} to {high:.3f}: {'inside' if low <= value <= high else 'OUTSIDE'}")
