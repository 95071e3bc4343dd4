"""Medians and figures of the curves that validation/lacathode_figures made: python3 validation/lacathode_figures.py RUNS. Standard library."""
import collections
import csv
import json
import pathlib
import statistics
import sys


def percentile(values, percent):
    """Linear between ranks, as numpy does."""
    values = sorted(values)
    position = (len(values) - 1) * percent / 100
    low = int(position)
    return values[low] + (position - low) * (values[min(low + 1, len(values) - 1)] - values[low])


def curves(folder):
    """{(kind, method): {efficiency: [values]}}."""
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for row in csv.DictReader((folder / "curves.csv").open()):
        if row["value"]:
            found[row["kind"], row["method"]][float(row["efficiency"])].append(float(row["value"]))
    return found


def banded(kind, title, found, scale):
    """Medians as lines, the central 68 % as bands."""
    rows = [
        {"method": method, "efficiency": efficiency, "median": percentile(values, 50), "low": percentile(values, 16), "high": percentile(values, 84)}
        for (which, method), points in found.items() if which == kind for efficiency, values in points.items()
    ]
    x = {"field": "efficiency", "type": "quantitative", "scale": {"type": "log"}, "title": "efficiency of the selection"}
    colour = {"field": "method", "type": "nominal"}
    return {
        "width": 420, "height": 300, "title": title, "data": {"values": rows},
        "layer": [
            {"mark": {"type": "area", "opacity": 0.25}, "encoding": {
                "x": x, "color": colour, "y2": {"field": "high"},
                "y": {"field": "low", "type": "quantitative", "scale": scale, "title": kind}}},
            {"mark": "line", "encoding": {"x": x, "color": colour, "y": {"field": "median", "type": "quantitative"}}},
        ],
    }


def spectra(folder, title):
    rows = [{**row, "low": float(row["low"]), "fraction": float(row["fraction"])} for row in csv.DictReader((folder / "spectra.csv").open())]
    return {
        "width": 420, "height": 300, "title": title, "data": {"values": rows},
        "mark": {"type": "line", "interpolate": "step-after"},
        "encoding": {
            "x": {"field": "low", "type": "quantitative", "title": "mass"}, "color": {"field": "method", "type": "nominal"},
            "y": {"field": "fraction", "type": "quantitative", "title": "fraction a bin"}},
    }


def main(runs):
    for folder in sorted(path for path in runs.iterdir() if (path / "curves.csv").exists()):
        found = curves(folder)
        print(f"== {folder.name}")
        random = next(values for efficiency, values in found["chi2", "random subsets"].items() if abs(efficiency / 0.01 - 1) < 1e-3)
        print(f"random subsets at 0.01: median chi2 {percentile(random, 50):.3f}, 95 %: {percentile(random, 2.5):.3f} to {percentile(random, 97.5):.3f}")
        for method in ("ideal", "cathode", "lacathode"):
            values = next(values for efficiency, values in found["chi2", method].items() if abs(efficiency / 0.01 - 1) < 1e-3)
            line = (f"{method} at 0.01: median chi2 {percentile(values, 50):.3f} "
                    f"(68 %: {percentile(values, 16):.3f} to {percentile(values, 84):.3f}) of {len(values)} trainings")
            if ("sic", method) in found:
                best, sic = max(((efficiency, statistics.median(points)) for efficiency, points in found["sic", method].items()),
                                key=lambda entry: entry[1])
                line += f"; largest median SIC {sic:.2f} at {best:.2g}"
            print(line)
        pictures = {"chi2": banded("chi2", folder.name, found, {"type": "log"}), "spectra": spectra(folder, folder.name)}
        if any(kind == "sic" for kind, _ in found):
            pictures["sic"] = banded("sic", folder.name, found, {"zero": True})
        for name, picture in pictures.items():
            (folder / f"{name}.vl.json").write_text(json.dumps(picture))


main(pathlib.Path(sys.argv[1]))
