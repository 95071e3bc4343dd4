"""Tables, arrays and figures of a finished run, against its files."""

import csv
import functools
import json
import pathlib
import tempfile
import unittest
import unittest.mock

import numpy as np

import sideband
from sideband._plot_window import compared
from support import SMALL, FolderTest, events, needs_pandas, pandas

try:
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
except ImportError:
    matplotlib = None


@functools.lru_cache(maxsize=None)
def finished():
    """A search with all that a search can have, made once, and its report."""
    temporary = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(temporary.cleanup)
    run = sideband.scan(
        events(signal=60), mc=events(2), test=events(3, signal=400, label=True), out=pathlib.Path(temporary.name, "run"),
        **dict(SMALL, systematics="mc", runs=2))
    sideband.report(run)
    return run


class OfARun(FolderTest):
    def setUp(self):
        super().setUp()
        self.run_ = finished()

    def figure(self, name):
        """A figure of the report as columns; what is empty there is NaN."""
        with open(self.run_.path / "figures" / f"{name}.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        return {key: [row[key] for row in rows] for key in rows[0]}

    def assert_same(self, drawn, shown):
        # Figures round to seven digits.
        np.testing.assert_allclose(
            np.asarray(drawn, dtype=float), [float(value) if value else np.nan for value in shown], rtol=1e-6, atol=1e-6)


class Tables(OfARun):
    def test_working_points_and_runs_are_those_of_results_json(self):
        results = json.loads((self.run_.path / "results.json").read_text())
        points, runs = self.run_.columns("working_points"), self.run_.columns("runs")
        self.assertEqual(len(points["window"]), 3 * 2)
        self.assertEqual(len(runs["window"]), 3 * 2 * 2)
        i = 0
        for window in results["windows"]:
            for point in window["working_points"]:
                self.assertEqual((points["window"][i], points["epsilon_b"][i]), (window["number"], point["epsilon_b"]))
                self.assertEqual(points["significance"][i], point["significance"]["mean"])
                self.assertEqual(points["significance_std"][i], point["significance"]["std"])
                self.assertEqual(points["flags"][i], " ".join(point["flags"]))
                mine = (runs["window"] == window["number"]) & (runs["epsilon_b"] == point["epsilon_b"])
                self.assertEqual(runs["n_obs"][mine].tolist(), point["n_obs"]["runs"])
                self.assertTrue(np.isnan(points["p_global"][i]))
                i += 1

    def test_every_table_has_rows_that_agree(self):
        for name in ("windows", "working_points", "runs", "delta_sys", "delta_sys_windows", "validation", "test_metrics", "inputs"):
            columns = self.run_.columns(name)
            self.assertEqual(len({len(values) for values in columns.values()}), 1, name)
            self.assertGreater(len(next(iter(columns.values()))), 0, name)
        self.assertEqual(self.run_.columns("failures"), {})
        self.refused(
            sideband.ConfigurationError, "'window' is not a table of a run; allowed: " + ", ".join(sideband._tables.TABLES),
            self.run_.columns, "window")

    @needs_pandas
    def test_frames(self):
        run = self.run_
        self.assertEqual(run.working_points.shape[0], 6)
        self.assertTrue(run.failures.empty)
        scores = run.scores(2)
        events_in_window = run.windows.set_index("window").loc[2, "events"]
        self.assertEqual(len(scores), 2 * events_in_window)
        self.assertEqual(set(scores["run"]), {1, 2})
        self.assertTrue(scores["source"].str.endswith(".npz").all())
        spectrum = run.spectrum(2)
        self.assertEqual(spectrum["all"].sum(), 4060)
        self.assertEqual(list(spectrum), ["low", "high", "all", "passing_0.1", "passing_0.02"])
        self.assertEqual(len(run.curves(2)), 100)
        self.assertEqual(run.settings["mass"], "m")
        self.assertEqual(set(run.meaning(2)), set(run.summary(2)))

    def test_without_pandas_and_matplotlib_arrays_are_there(self):
        with unittest.mock.patch.dict("sys.modules", {"pandas": None, "matplotlib": None}):
            self.assertEqual(len(self.run_.columns("windows")["window"]), 3)
            self.assertEqual(len(self.run_.summary(2)["mass_all"]) + 1, len(self.run_.summary(2)["mass_edges"]))
            with self.assertRaisesRegex(ImportError, r"run\.windows is a pandas DataFrame, .*; run\.columns\('windows'\) gives arrays"):
                self.run_.windows
            with self.assertRaisesRegex(ImportError, r"run\.plot draws with matplotlib, .*; sideband\.report\(run\) needs none"):
                self.run_.plot.significance()

    def test_what_a_run_says_of_itself(self):
        best = self.run_.headline
        self.assertEqual(best["window"], 2)
        self.assertIn(f"largest S = {best['significance']:+.1f} in window 2 [4.5, 5.5) at eps_B = ", repr(self.run_))

    def test_a_window_in_which_nothing_is_claimed_is_never_quoted(self):
        self.assertNotIn("claimed", repr(self.run_))
        run = sideband.load(self.run_.path)
        for key, value in (("claim_withheld", "a gap"), ("state", "template_fails")):
            run.results = json.loads((self.run_.path / "results.json").read_text())
            run.results["windows"][1][key] = value
            self.assertNotEqual(run.headline["window"], 2)
            self.assertTrue(repr(run).endswith("; nothing is claimed in window 2>"), repr(run))
            self.assertEqual(run.columns("windows")[key][1], value)
        for window in run.results["windows"]:
            window["state"] = "template_fails"
        self.assertIsNone(run.headline)
        self.assertTrue(repr(run).endswith("; nothing is claimed in window 1, 2, 3>"), repr(run))
        run.results = json.loads((self.run_.path / "results.json").read_text())
        for entry in run.results["validation"]:
            entry.update(verdict="shift_not_trusted", largest_excess=None)
        self.assertTrue(repr(run).endswith("; nothing is claimed there: shift_not_trusted>"), repr(run))

    def test_other_events_are_scored(self):
        scored = sideband.score(self.run_, events(5, 1000, 200, label=True), name="other")
        self.assertEqual(scored.path, self.run_.path.resolve() / "scored" / "other.json")
        table, arrays = scored.columns(), scored.arrays(2)
        signal = (table["window"] == 2) & (table["class"] == "signal") & (table["epsilon_b"] == 0.1)
        self.assertGreater(table["efficiency"][signal][0], 0.5)
        self.assertEqual(arrays["row"].tolist(), list(range(1200)))
        self.assertFalse(arrays["trained_on"].any())
        self.refused(sideband.ConfigurationError, f"{scored.path}: no window 9; allowed: 1, 2, 3", scored.arrays, 9)
        self.refused(
            sideband.ConfigurationError, "name: 'a/b' is not allowed; allowed: a file name without / [ ] , :",
            sideband.score, self.run_, events(), name="a/b")

    def test_simulated_events(self):
        drawn = sideband.simulate(1000, 50, seed=3)
        self.assertEqual({len(values) for values in drawn.values()}, {1050})
        self.assertEqual(int(drawn["label"].sum()), 50)
        sideband.simulate(1000, 50, seed=3, out="events.npz", truth=True)
        with np.load("events.npz") as same:
            np.testing.assert_array_equal(same["mjj"], drawn["mjj"])
        self.assertTrue(pathlib.Path("events.truth.npz").exists())

    def test_a_blind_search_is_unblinded(self):
        run = sideband.scan(events(), mc=events(2), out="blind", **dict(SMALL, systematics="mc", blind=True))
        self.assertTrue(run.blind)
        self.assertTrue(np.isnan(run.columns("working_points")["significance"]).all())
        self.assertIn("blind", repr(run))
        with self.assertRaisesRegex(sideband.ConfigurationError, "^blind: the search is blind"):
            run.plot.significance()
        self.refused(
            sideband.ConfigurationError, "blind: the search is blind, no data were scored; resume(run, unblind=True) scores them",
            run.summary, 1)
        opened = sideband.resume(run, unblind=True, progress=False)
        self.assertFalse(opened.blind)
        self.assertTrue(np.isfinite(opened.columns("working_points")["significance"]).all())


@unittest.skipIf(matplotlib is None, "matplotlib is not installed")
class Figures(OfARun):
    def setUp(self):
        super().setUp()
        self.addCleanup(pyplot.close, "all")

    def test_significance_has_the_numbers_of_the_report(self):
        shown = self.figure("significance")
        ax = self.run_.plot.significance(unit="GeV")
        self.assertIn("[GeV]", ax.get_xlabel())
        drawn = sorted(point for line in ax.lines for point in zip(*line.get_data()) if line.get_marker() in "os" and len(line.get_xdata()))
        self.assert_same([x for x, _ in drawn], sorted(shown["x"], key=float))
        pairs = sorted(zip(map(float, shown["x"]), shown["significance"]))
        self.assert_same([y for _, y in drawn], [y for _, y in pairs])

    def test_counts_have_the_numbers_of_the_report(self):
        shown = self.figure("counts")
        above, below = self.run_.plot.counts()
        self.assert_same(sorted(y for bars in above.containers if hasattr(bars, "lines") for y in bars.lines[0].get_ydata()),
                         sorted(shown["n_obs"], key=float))
        self.assert_same(sorted(y for bars in below.containers if hasattr(bars, "lines") for y in bars.lines[0].get_ydata()),
                         sorted(shown["ratio"], key=float))
        boxes = sorted(box.get_y() + box.get_height() for box in above.patches)
        self.assert_same(boxes, sorted(shown["n_exp_high"], key=float))

    def test_comparisons_have_the_numbers_of_the_report(self):
        arrays = self.run_.summary(2)
        shown = self.figure("feature_1_x_window_2")
        numbers = compared(*(arrays[f"feature_x_{key}"] for key in ("edges", "data", "template", "template_w2")), None)
        seen = [i for i, centre in enumerate(numbers["center"]) if any(abs(centre - float(c)) < 1e-6 for c in shown["center"])]
        self.assertEqual(len(seen), len(shown["center"]))
        for mine, theirs in (("template", "template"), ("template_error", "template_error"), ("ratio", "ratio")):
            self.assert_same(numbers[mine][seen], shown[theirs])
        above, _ = self.run_.plot.feature("x", 2)
        data, _, _ = above.containers[0]
        self.assert_same(data.get_ydata(), [value for value in shown["data"] if float(value) > 0])

    def test_spectra_have_the_numbers_of_the_report(self):
        shown = self.figure("mass_window_2")
        ax = self.run_.plot.mass(2)
        before = [value for value, sample in zip(shown["events"], shown["sample"]) if sample == "before the cuts"]
        self.assert_same(ax.patches[0].get_data().values, before)
        passing = [y for bars in ax.containers for y in bars.lines[0].get_ydata()]
        self.assert_same(
            passing, [value for value, sample in zip(shown["events"], shown["sample"]) if sample != "before the cuts" and float(value) > 0])

    def test_shifts_have_the_numbers_of_the_report(self):
        shown = self.figure("delta_sys_windows")
        panels = self.run_.plot.delta_sys_windows()
        drawn = sorted(point for ax in panels for bars in ax.containers for point in zip(*bars.lines[0].get_data()))
        expected = sorted(zip(map(float, shown["x"]), shown["delta_sys"]))
        self.assert_same([x for x, _ in drawn], [str(x) for x, _ in expected])
        self.assert_same([y for _, y in drawn], [y for _, y in expected])
        above, below = self.run_.plot.delta_sys()
        curves = self.figure("delta_sys_curves")
        value = [v for v, quantity in zip(curves["value"], curves["quantity"]) if quantity == "delta_sys"]
        self.assert_same(above.lines[0].get_ydata(), value)

    def test_performance_has_the_numbers_of_the_report(self):
        for name, draw in (("sic", self.run_.plot.sic), ("roc", self.run_.plot.roc)):
            shown = self.figure(f"{name}_window_2")
            lines = [line for line in draw(2).lines]
            self.assert_same([y for line in lines for y in line.get_ydata()], shown["y"])
            self.assert_same([x for line in lines for x in line.get_xdata()], shown["x"])

    def test_the_other_figures_are_drawn(self):
        plot = self.run_.plot
        single = (plot.training(), plot.early_stopping(), plot.sic(rejection=True))
        for axes in (plot.scores(), plot.feature("y", 2, after=0.1), single):
            for ax in axes:
                self.assertTrue(ax.has_data())
                ax.figure.canvas.draw()
        self.refused(sideband.ConfigurationError, "'z' is not a feature of the search; allowed: x, y", plot.feature, "z")
        self.refused(sideband.ConfigurationError, "after: 0.5 is not a working point; allowed: 0.1, 0.02", plot.feature, "x", after=0.5)

    def test_figures_are_drawn_into_given_axes(self):
        figure, (first, second) = pyplot.subplots(2)
        self.assertIs(self.run_.plot.significance(first), first)
        self.assertEqual(self.run_.plot.counts((first, second)), (first, second))


if __name__ == "__main__":
    unittest.main()
