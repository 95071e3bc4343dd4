"""Writes the quantiles of the real features that the tests hold the simulator against.

    python3 validation/simulator/quantiles.py [--data ../shared/data]

The background is qcd_pythia, which the default background was not fitted to.
"""
import argparse
from pathlib import Path

import numpy as np

import dijets

OUT = Path(__file__).resolve().parents[2] / "tests/Sideband.Events.Tests/Simulation/quantiles.csv"
REGIONS = [(0, 3.1), (3.1, 3.3), (3.3, 3.7), (3.7, 3.9), (3.9, 14)]
PROBABILITIES = np.linspace(0.02, 0.98, 49)

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=dijets.DEFAULT_FOLDER)
    folder = parser.parse_args().data
    lines = ["background,low,high,feature," + ",".join(f"{p:.2f}" for p in PROBABILITIES)]
    for background, name in (("Default", "qcd_pythia"), ("Alternative", "qcd_alt")):
        events = dijets.load(folder, name)
        for low, high in REGIONS:
            inside = events[(events[:, 0] >= low) & (events[:, 0] < high)]
            for j in range(1, 6):
                values = ",".join(f"{value:.5g}" for value in np.quantile(inside[:, j], PROBABILITIES))
                lines.append(f"{background},{low},{high},{dijets.NAMES[j]},{values}")
    OUT.write_text("\n".join(lines) + "\n")
    print(f"wrote {OUT.name}: {len(lines)} lines")
