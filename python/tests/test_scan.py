"""Searches of events in memory, their inputs, and going on."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import unittest

import numpy as np

import sideband
from support import SMALL, FolderTest, events, needs_pandas, pandas, same_results


class EventsInMemory(FolderTest):
    @needs_pandas
    def test_a_frame_a_mapping_a_structured_array_and_a_file_give_the_same_results(self):
        table = events(signal=100)
        structured = np.rec.fromarrays([table["y"], table["m"], table["x"]], names="y,m,x")
        np.savez("file.npz", **table)
        half = {name: values[:2000] for name, values in table.items()}
        rest = pandas.DataFrame({name: values[2000:] for name, values in table.items()})
        forms = {
            "frame": pandas.DataFrame(table), "mapping": table, "structured": structured, "file": pathlib.Path("file.npz"),
            "parts": [half, rest]}
        counts = {}
        for name, data in forms.items():
            run = sideband.scan(data, out=name, **SMALL)
            counts[name] = run.columns("runs")["n_obs"].tolist()
        self.assertEqual(len(set(map(tuple, counts.values()))), 1, counts)
        self.assertEqual([file.name for file in pathlib.Path("frame/inputs").iterdir()],
                         [file.name for file in pathlib.Path("structured/inputs").iterdir()])
        self.assertEqual(len(list(pathlib.Path("parts/inputs").iterdir())), 2)
        self.assertFalse(pathlib.Path("file/inputs").exists())

    def test_the_run_directory_holds_all_that_it_needs(self):
        table = events()
        run = sideband.scan(table, out="runs/first", **SMALL)
        file, = pathlib.Path("runs/first/inputs").iterdir()
        self.assertEqual(run.columns("inputs")["file_name"].tolist(), [file.name])
        with np.load(file) as kept:
            for name, values in table.items():
                self.assertEqual(kept[name].dtype, values.dtype)
                np.testing.assert_array_equal(kept[name], values)

        # The same call takes it up again; it can be moved, continued and repeated.
        written = file.stat().st_mtime_ns
        sideband.scan({name: table[name] for name in ("y", "x", "m")}, out="runs/first", **SMALL)
        self.assertEqual(file.stat().st_mtime_ns, written)
        shutil.move("runs/first", "moved")
        self.assertTrue(same_results(sideband.resume("moved", threads=1, progress=False).path, run.path.parent.parent / "moved"))
        again = sideband.scan(search="moved/search.yaml", out="again", progress=False)
        self.assertTrue(same_results(again.path, "moved"))

    def test_every_role_takes_events(self):
        run = sideband.scan(
            events(), mc=events(2), test=events(3, signal=300, label=True), inject=(events(4, 0, 300, label=True), 100, 7), out="run",
            **dict(SMALL, systematics=None))
        self.assertEqual(sorted(run.columns("inputs")["role"]), ["data", "inject", "mc", "test"])
        self.assertEqual(run.results["inputs"][1]["used"], 100)
        self.assertEqual(set(run.columns("delta_sys")["estimate"]), {"mc"})
        self.assertTrue(np.isfinite(run.columns("test_metrics")["auc"]).all())

    def test_a_search_that_is_refused_leaves_nothing(self):
        self.refused(
            sideband.InputDataError, f"{self.name_of(events())}: no column 'z' (there are: m, x, y)",
            sideband.scan, events(), out="runs/bad", **dict(SMALL, features=["x", "z"]))
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_other_events_are_not_taken_for_those_of_a_run(self):
        sideband.scan(events(), out="run", **SMALL)
        with self.assertRaisesRegex(sideband.ConfigurationError, "^run: the run directory of another search .data is '"):
            sideband.scan(events(2), out="run", **SMALL)
        self.assertEqual([file.name for file in pathlib.Path("run/inputs").iterdir()], [self.name_of(events())])

    def name_of(self, table):
        path, _ = sideband._events.keep(table, "data", self.folder)
        path.unlink()
        return path.name


class Progress(FolderTest):
    def test_a_function_follows_the_work_and_a_preview_shows_it(self):
        steps = []
        plan = sideband.preview(events(), **{name: value for name, value in SMALL.items() if name != "progress"})
        self.assertIn("\n6 work units: 1 run(s) x 2 folds x 2 members", plan)
        self.assertEqual(list(self.folder.iterdir()), [])
        sideband.scan(events(), out="run", **dict(SMALL, progress=steps.append))
        self.assertEqual((steps[-1].done, steps[-1].total), (6, 6))
        self.assertIn("window", steps[-1].text)

    def test_warnings_are_warnings(self):
        table = events()
        table["x"] = table["m"] + 0.5 * table["x"]
        with self.assertWarnsRegex(sideband.SidebandWarning, "feature 'x' has correlation .* with m in the sidebands"):
            sideband.scan(table, out="run", **SMALL)


class Interruption(FolderTest):
    CODE = """
import signal, sideband
from support import SMALL, events
signal.signal(signal.SIGINT, signal.default_int_handler)
sideband.scan(events(), out="run", **dict(SMALL, folds=5, members=50, threads=1))
"""

    def test_keyboard_interrupt_stops_cleanly_and_resumes(self):
        paths = os.pathsep.join([os.path.dirname(__file__), os.environ.get("PYTHONPATH", "")])
        process = subprocess.Popen(
            [sys.executable, "-c", self.CODE], stderr=subprocess.PIPE, text=True, env=dict(os.environ, PYTHONPATH=paths))
        self.addCleanup(process.stderr.close)
        units = pathlib.Path("run/work")
        deadline = time.monotonic() + 120
        while not (units.is_dir() and list(units.rglob("*.units"))):
            self.assertLess(time.monotonic(), deadline)
            self.assertIsNone(process.poll())
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=120)[1]
        self.assertTrue(said.rstrip().endswith("KeyboardInterrupt"), said)
        self.refused(
            sideband.ConfigurationError, "run: no results yet; sideband.resume('run') goes on with the search", sideband.load, "run")
        done = len(list(units.rglob("*.units")))
        self.assertTrue(0 < done < 15, done)

        # Nothing of it is left running, or the directory would be held.
        steps = []
        run = sideband.resume("run", progress=steps.append)
        self.assertLess(steps[-1].total, 15)
        whole = sideband.scan(events(), out="whole", **dict(SMALL, folds=5, members=50))
        self.assertTrue(same_results(run.path, whole.path))


if __name__ == "__main__":
    unittest.main()
