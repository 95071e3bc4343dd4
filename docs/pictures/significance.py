"""The picture of the README: signed significance by window, from a run's results.json.

Usage: python3 docs/pictures/significance.py RUN_DIRECTORY OUTPUT.png    (needs matplotlib)
"""
import json
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

COLOURS = ["#0072B2", "#D55E00", "#009E73"]  # Okabe and Ito: told apart by colour-blind readers
MARKERS = ["o", "s", "^"]


def main(run, output):
    result = json.loads((pathlib.Path(run) / "results.json").read_text())
    figure, axes = plt.subplots(figsize=(7.2, 4.0), layout="constrained")
    for i, epsilon in enumerate(p["epsilon_b"] for p in result["windows"][0]["working_points"]):
        points = [(w, w["working_points"][i]["significance"]) for w in result["windows"]]
        points = [(w, s) for w, s in points if s["mean"] is not None]
        axes.errorbar(
            [0.5 * (w["low"] + w["high"]) + 0.012 * (i - 1) for w, _ in points],
            [s["mean"] for _, s in points],
            yerr=[s["std"] or 0 for _, s in points],
            color=COLOURS[i % 3], marker=MARKERS[i % 3], markersize=6, linestyle="none", capsize=3,
            label=rf"$\epsilon_B = {epsilon:g}$",
        )
    axes.axhline(0, color="0.3", linewidth=1)
    for level in (3, 5):
        axes.axhline(level, color="0.6", linewidth=0.8, linestyle="--")
        axes.annotate(rf"{level}$\sigma$", (1.005, level), xycoords=("axes fraction", "data"), va="center", color="0.4")
    axes.set_xlabel(f"centre of the window in {result['mass']} [TeV], width 0.4 TeV")
    axes.set_ylabel("signed significance")
    axes.set_title(f"{result['method']}, {', '.join(result['features'])}; rule {result['sigma_sys_rule']}", fontsize=10)
    axes.legend(frameon=False, loc="upper left")
    figure.savefig(output, dpi=150)


if __name__ == "__main__":
    main(*sys.argv[1:])
