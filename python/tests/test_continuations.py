"""Commands that add to a finished search, and the tables of what they add."""

import json
import pathlib
import unittest

import numpy as np

import sideband
from support import SMALL, FolderTest, events

try:
    import matplotlib
    matplotlib.use("Agg")
except ImportError:
    matplotlib = None


class AddedToASearch(FolderTest):
    def setUp(self):
        super().setUp()
        np.savez("data.npz", **events(signal=100))
        np.savez("mc.npz", **events(2, 12_000))
        self.found = sideband.scan(
            "data.npz", mc="mc.npz", out="run", **dict(SMALL, systematics="mc"))

    def test_calibrated_p_values(self):
        run = sideband.calibrate(self.found, permutations=19, progress=False)
        self.assertEqual(run.columns("calibrations")["experiments"].tolist(), [19])
        p = run.columns("working_points")["p_local_calibrated"]
        self.assertTrue(((p > 0) & (p <= 1)).all(), p)
        self.assertEqual(set(run.columns("working_points")["p_local_calibrated_experiments"]), {19})

    def test_limits_of_an_injection_scan(self):
        signal = events(5, 0, 1000, label=True)
        run = sideband.inject(self.found, signal, strengths=[0, 50, 200, 400], draws=4, windows="2", progress=False)
        self.assertEqual(len(list(pathlib.Path("run/inputs").glob("signal-*.npz"))), 1)
        run = sideband.limit(run)
        limits, strengths = run.columns("limits"), run.columns("strengths")
        self.assertIn("cls", limits["rule"])
        self.assertEqual(sorted(set(strengths["strength"])), [0, 50, 200, 400])
        stored = [rule["observed"]["strength"] for entry in run.results["limits"] for rule in entry["rules"]]
        np.testing.assert_array_equal(limits["limit"], np.array(stored, dtype=float))
        if matplotlib is not None:
            panels = run.plot.limits()
            self.assertEqual(len(panels), 2)
            drawn = panels[0].lines[0].get_ydata()
            self.assertTrue(np.isfinite(drawn).all())
            self.assertEqual(drawn.tolist(), limits["limit"][(limits["rule"] == "cls") & (limits["epsilon_b"] == 0.1)].tolist())
            self.refused(sideband.ConfigurationError, "rule: 'best' is not a rule; allowed: cls, root, published, neyman",
                         run.plot.limits, rule="best")

    def test_pseudo_experiments_and_limits_ask_for_what_they_need(self):
        self.refused(sideband.ConfigurationError, "run: a limit needs an injection scan; make one with 'sideband inject run'",
                     sideband.limit, self.found)
        with self.assertRaisesRegex(sideband.ConfigurationError, "--from simulator: it has the mass mjj"):
            sideband.calibrate(self.found, experiments=19, background="simulator", progress=False)
        if matplotlib is not None:
            self.refused(sideband.ConfigurationError, "run: no limits; sideband.inject(run, signal) and sideband.limit(run) make them",
                         self.found.plot.limits)

    def test_fits(self):
        np.savez("dijets.npz", **sideband.simulate(20_000, 200, seed=3))
        found = sideband.scan("dijets.npz", out="dijets", windows="4-6", systematics="none", profile="quick", members=2, folds=2,
                              working_points=[0.1], progress=False)
        with self.assertWarnsRegex(sideband.SidebandWarning, "delta_sys was not estimated"):
            run = sideband.fit(found, toys=0)
        table = run.columns("fits")
        self.assertEqual(len(table["window"]), len(run.results["fits"]))
        self.assertTrue(np.isnan(table["epsilon_b"]).any())

    def test_exports(self):
        folder = sideband.export(self.found, pyhf=True)
        self.assertIn("channels", json.loads((folder / "pyhf" / "window_1.json").read_text()))

    def test_what_is_refused_leaves_no_events(self):
        with self.assertRaises(sideband.SidebandError):
            sideband.inject(self.found, events(5, 0, 100), strengths=[-1], progress=False)
        self.assertFalse(pathlib.Path("run/inputs").exists())


if __name__ == "__main__":
    unittest.main()
