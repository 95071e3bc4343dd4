"""Fits the simulator's densities to the dijet files and writes the parameter files of Sideband.Events/Simulation.

    python3 validation/simulator/fit.py [--data ../shared/data] [default] [alternative] [signal]

Default background: qcd_pythia_extra (never qcd_pythia, which compare.py holds against the result); alternative: qcd_alt;
signal: the even rows of the signal file (compare.py uses the odd ones).
"""
import argparse
import json
from pathlib import Path

import numpy as np

import coordinates
import dijets
import mixture
import spectrum

OUT = Path(__file__).resolve().parents[2] / "src/Sideband.Events/Simulation/Parameters"
BACKGROUND_KNOTS = [2.0, 2.2, 2.3, 2.36, 2.42, 2.48, 2.56, 2.7, 3, 4, 6]
SIGNAL_KNOTS = [2.6, 3.0, 3.2, 3.3, 3.38, 3.44, 3.48, 3.52, 3.56, 3.62, 3.7, 3.85, 4.2, 4.8]
BACKGROUND = dict(rows=slice(None), knots=BACKGROUND_KNOTS, low=1.45, high=10, step=(2.4, 0.04), components=100,
                  floor=[0.02, 0.02, 0.02, 0.02, 0.005], limits=[30, 1.0, 0.1, 8], schedule=[(100_000, 50), (300_000, 15), (1_000_000, 15)])
FITS = {
    "default": dict(BACKGROUND, file="qcd_pythia_extra"),
    "alternative": dict(BACKGROUND, file="qcd_alt"),
    "signal": dict(file="signal_xy_3500_500_100", rows=slice(0, None, 2), knots=SIGNAL_KNOTS, low=1.9, high=6, step=(3.4, 0.03),
                   components=40, floor=[0.05, 0.05, 0.05, 0.05, 0.02], limits=[30, 6.0, 3.0, 12], schedule=[(100_000, 100)], tails=(3.3, 3.7, 5)),
}


def numbers(values):
    return [float(f"{value:.6g}") for value in np.ravel(values)]


def fit(data, file, rows, knots, low, high, step, components, floor, limits, schedule, tails=None):
    events = dijets.load(data, file)[rows]
    count = len(events)
    log_mass = np.log(events[:, 0])
    centre, scale, step_centre, step_width = numbers([log_mass.mean(), log_mass.std(), np.log(step[0]), step[1]])
    shape = spectrum.fit(events[:, 0], knots, low, high, nodes=512)
    z, features = [], []
    for j, name in enumerate(dijets.NAMES[1:], 1):
        parameters, mapped = coordinates.fit(name, events[:, j])
        features.append({key: value if isinstance(value, str) else [float(x) for x in value] for key, value in parameters.items()})
        z.append(mapped)
    if tails:
        # p(z | m) does not depend on how often a mass occurs: more weight where events are few and features change fast.
        outside = (events[:, 0] < tails[0]) | (events[:, 0] >= tails[1])
        repeat = np.where(outside, tails[2], 1)
        log_mass, z = np.repeat(log_mass, repeat), [np.repeat(column, repeat) for column in z]
    h = 1 / (1 + np.exp(-(log_mass - step_centre) / step_width))
    gates, slopes, covariance = mixture.fit(
        (log_mass - centre) / scale, h, np.stack(z, 1), components, np.array(floor), limits, schedule)
    rows, columns = np.tril_indices(len(features))
    return {
        "fitted_to": f"{file}, {count} events",
        "log_mass": {"centre": centre, "scale": scale, "step_centre": step_centre, "step_width": step_width},
        "spectrum": {"low": float(f"{shape['low']:.9g}"), "high": float(f"{shape['high']:.9g}"),
                     "log_density": numbers(np.round(shape["log_density"], 5))},
        "features": features,
        "components": {"gates": numbers(gates.T), "means": numbers(slopes),
                       "cholesky": numbers(np.linalg.cholesky(covariance)[:, rows, columns])},
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=list(FITS))
    parser.add_argument("--data", default=dijets.DEFAULT_FOLDER)
    arguments = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    for name in arguments.names:
        print(name)
        text = json.dumps(fit(arguments.data, **FITS[name]), separators=(",", ":"))
        # One line a field keeps differences readable.
        for key in ("log_mass", "spectrum", "features", "components", "name", "knots", "normal", "slopes", "means", "cholesky"):
            text = text.replace(f'"{key}":', f'\n"{key}":')
        (OUT / f"{name}.json").write_text(text + "\n")
        print(f"  wrote {name}.json, {len(text)} bytes")
