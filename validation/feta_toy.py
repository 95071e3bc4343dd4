"""Table and picture of FETA's toy: feta_toy.py table RUNS TRAININGS, feta_toy.py picture HISTOGRAM.csv PICTURE.svg. Standard library only."""
import collections
import csv
import pathlib
import re
import statistics
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "docs" / "pictures"))
from draw import BLUE, GREEN, GREY, INK, ORANGE, Picture  # noqa: E402

BANDS = {"SB1": "sideband, m below 0.34", "SR": "signal region", "SB2": "sideband, m above 0.66"}
SAMPLES = {
    "before": (GREY, 1.8, "reference"),
    "target": (BLUE, 4.5, "target"),
    "carried": (ORANGE, 1.8, "reference, carried (FETA)"),
    "weighted": (GREEN, 1.8, "reference, weighted (SALAD)"),
}
TOP, HEIGHT, WIDTH, GAP, LEFT, HIGHEST = 56, 190, 220, 30, 36, 4.4


def table(runs, trainings):
    """Mean and standard deviation over the trainings, and what each training said of itself."""
    texts = [(pathlib.Path(runs) / f"{number}.txt").read_text() for number in range(1, int(trainings) + 1)]
    print(f"{texts[0].splitlines()[0]}; {len(texts)} trainings, mean +- standard deviation")
    samples = [sample for sample in ("before", "carried", "weighted") if re.search(rf"^SR {sample}: ", texts[0], re.MULTILINE)]
    for measure in ("AUC", "KS"):
        for band in BANDS:
            cells = []
            for sample in samples:
                found = [float(re.search(rf"^{band} {sample}: .*{measure} ([\d.]+)", text, re.MULTILINE)[1]) for text in texts]
                spread = f" +- {statistics.stdev(found):.4f}" if len(found) > 1 else ""
                cells.append(f"{sample} {statistics.fmean(found):.4f}{spread}")
            print(f"{measure} {band}: {', '.join(cells)}")
    for number, text in enumerate(texts, 1):
        for line in re.findall(r"^(?:transport|weights): .*$", text, re.MULTILINE):
            print(f"training {number}, {line}")
    print(re.search(r"^target events of SR .*$", texts[0], re.MULTILINE)[0])


def picture(histogram, path):
    bins = collections.defaultdict(list)
    for row in csv.DictReader(open(histogram, encoding="utf-8")):
        bins[row["band"], row["sample"]].append((float(row["x"]), float(row["density"])))
    p = Picture(800, 310, "The toy of FETA: reference, target, and the reference after transport and after weighting")
    bottom = TOP + HEIGHT
    for number, (band, title) in enumerate(BANDS.items()):
        left = LEFT + number * (WIDTH + GAP)
        p.text(left + WIDTH / 2, TOP - 12, title, 13, bold=band == "SR")
        for sample, (colour, width, _) in SAMPLES.items():
            points = [(left + WIDTH * x / 1.5, bottom - HEIGHT * min(y, HIGHEST) / HIGHEST) for x, y in bins[band, sample]]
            p.path(points, colour, width)
        p.line(left, bottom, left + WIDTH + 6, bottom, INK, 1.3, arrow=True)
        p.line(left, bottom, left, TOP, INK, 1.3, arrow=True)
        for x in (0, 0.5, 1, 1.5):
            p.line(left + WIDTH * x / 1.5, bottom, left + WIDTH * x / 1.5, bottom + 5)
            p.text(left + WIDTH * x / 1.5, bottom + 19, f"{x:g}", 11.5)
        p.text(left + WIDTH - 24, bottom + 19, "x", 12.5)
    for number, (colour, width, words) in enumerate(SAMPLES.values()):
        x = LEFT + (0, 120, 220, 440)[number]
        p.line(x, 292, x + 24, 292, colour, width)
        p.text(x + 30, 296, words, 12, colour, "start")
    p.save(pathlib.Path(path).resolve())


if __name__ == "__main__":
    {"table": table, "picture": picture}[sys.argv[1]](*sys.argv[2:])
