"""Medians and pictures of the curves that validation/lacathode_figures made: python3 validation/lacathode_figures.py RUNS. Standard library."""
import collections
import csv
import math
import pathlib
import statistics
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "docs" / "pictures"))
from draw import BLUE, GREEN, GREY, INK, ORANGE, Picture  # noqa: E402

COLOURS = {"random subsets": GREY, "no cut": GREY, "ideal": GREEN, "cathode": ORANGE, "lacathode": BLUE}
WORDS = {"random subsets": "random subsets", "no cut": "no cut", "ideal": "ideal", "cathode": "CATHODE", "lacathode": "LaCATHODE"}
LEFT, TOP, WIDTH, HEIGHT, GAP = 52, 66, 220, 180, 56


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


class Panel:
    """One pair of axes in a picture: places of values, linear or logarithmic."""

    def __init__(self, picture, number, title, x, y):
        self.picture, self.left, self.scales = picture, LEFT + number * (WIDTH + GAP), (x, y)
        self.bottom = TOP + HEIGHT
        picture.text(self.left + WIDTH / 2, TOP - 14, title, 13, bold=True)
        picture.line(self.left, self.bottom, self.left + WIDTH + 6, self.bottom, INK, 1.3)
        picture.line(self.left, self.bottom, self.left, TOP - 6, INK, 1.3)
        for value in ticks(*x):
            picture.line(self.at(value, 0), self.bottom, self.at(value, 0), self.bottom + 4)
            picture.text(self.at(value, 0), self.bottom + 17, f"{value:g}", 10.5)
        for value in ticks(*y):
            picture.line(self.left - 4, self.at(value, 1), self.left, self.at(value, 1))
            picture.text(self.left - 7, self.at(value, 1) + 3.5, f"{value:g}", 10.5, anchor="end")

    def at(self, value, axis):
        low, high, logarithmic = self.scales[axis]
        value = min(max(value, low), high)
        share = math.log(value / low) / math.log(high / low) if logarithmic else (value - low) / (high - low)
        return self.bottom - HEIGHT * share if axis else self.left + WIDTH * share

    def place(self, x, y):
        return self.at(x, 0), self.at(y, 1)


def ticks(low, high, logarithmic):
    if logarithmic:
        return [10.0 ** power for power in range(math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9) + 1)]
    power = 10 ** math.floor(math.log10(high - low))
    step = power * (0.5 if high - low < 4 * power else 1)
    return [step * number for number in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def drawn(names, y_axis, x_axis, methods):
    """A picture with room for a panel a set, what its axes are, and a legend."""
    picture = Picture(LEFT + len(names) * (WIDTH + GAP), TOP + HEIGHT + 62, y_axis)
    picture.text(8, 18, y_axis, 11.5, anchor="start")
    bottom = TOP + HEIGHT + 50
    for number in range(len(names)):
        picture.text(LEFT + number * (WIDTH + GAP) + WIDTH / 2, bottom - 16, x_axis, 11.5)
    for number, method in enumerate(methods):
        x = LEFT + 140 * number
        picture.line(x, bottom, x + 24, bottom, COLOURS[method], 2.5)
        picture.text(x + 30, bottom + 4, WORDS[method], 12, COLOURS[method], "start")
    return picture


def banded(sets, kind, y_axis, y):
    """Medians as lines with the central 68 % of the trainings, of random subsets the central 95 %, against the efficiency of the selection."""
    methods = [method for method in COLOURS if any((kind, method) in found for found in sets.values())]
    picture = drawn(sets, y_axis, "efficiency of the selection", methods)
    for number, (name, found) in enumerate(sets.items()):
        panel = Panel(picture, number, name, (min(efficiency for points in found.values() for efficiency in points), 1, True), y)
        for method in methods:
            points = sorted(found[kind, method].items())
            tail = 2.5 if method == "random subsets" else 16
            edges = [(x, percentile(values, tail)) for x, values in points] + [(x, percentile(values, 100 - tail)) for x, values in points[::-1]]
            corners = " ".join("%.1f,%.1f" % panel.place(*edge) for edge in edges)
            picture.parts.append(f'<polygon points="{corners}" fill="{COLOURS[method]}" opacity="0.25"/>')
            picture.path([panel.place(x, percentile(values, 50)) for x, values in points], COLOURS[method])
    return picture


def spectra(folders):
    """Each spectrum by its share of events a bin."""
    methods = [method for method in COLOURS if method != "random subsets"]
    picture = drawn(folders, "share of the events in a bin of the mass: all, and those that pass a cut at 1 %", "mass [TeV; toy: no unit]", methods)
    for number, folder in enumerate(folders):
        rows = [(row["method"], float(row["low"]), float(row["high"]), float(row["fraction"])) for row in csv.DictReader((folder / "spectra.csv").open())]
        most = max(fraction for *_, fraction in rows)
        falls = most > 20 * statistics.median(fraction for *_, fraction in rows)
        y = (1e-4, 1, True) if falls else (0, 1.1 * most, False)
        panel = Panel(picture, number, folder.name, (min(row[1] for row in rows), max(row[2] for row in rows), False), y)
        for method in methods:
            bins = [row for row in rows if row[0] == method]
            picture.path([panel.place(x, fraction) for _, low, high, fraction in bins for x in (low, high)], COLOURS[method], 1.2)
    return picture


def main(runs):
    folders = sorted(path for path in runs.iterdir() if (path / "curves.csv").exists())
    sets = {folder.name: curves(folder) for folder in folders}
    for name, found in sets.items():
        print(f"== {name}")
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
    with_signal = {name: found for name, found in sets.items() if any(kind == "sic" for kind, _ in found)}
    banded(sets, "chi2", "chi2 per degree of freedom of the mass spectrum after the cut", (0.3, 100, True)).save(runs.resolve() / "chi2.svg")
    banded(with_signal, "sic", "significance improvement (SIC)", (0, 15, False)).save(runs.resolve() / "sic.svg")
    spectra(folders).save(runs.resolve() / "spectra.svg")


main(pathlib.Path(sys.argv[1]))
