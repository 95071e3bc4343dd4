"""What the tests share: small events, searches of a second, folders that go, and programs that fail as they are told."""

import json
import os
import pathlib
import sys
import tempfile
import unittest
import warnings

import numpy as np

import sideband

try:
    import pandas
except ImportError:
    pandas = None

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SMALL = dict(
    mass="m", features=["x", "y"], windows=(4, 6, 1, 1), sideband=0.5, working_points=[0.1, 0.02], systematics="none",
    runs=1, folds=2, members=2, threads=2, progress=False)

needs_pandas = unittest.skipIf(pandas is None, "pandas is not installed")


def events(seed=1, background=4000, signal=0, label=False):
    """Mass m even in [3, 7), features free of it; signal near m = 5, x = y = 2."""
    rng = np.random.default_rng(seed)
    table = {
        "m": np.concatenate([rng.uniform(3, 7, background), rng.normal(5, 0.1, signal)]),
        "x": np.concatenate([rng.normal(size=background), rng.normal(2, 0.2, signal)]).astype(np.float32),
        "y": np.concatenate([rng.normal(size=background), rng.normal(2, 0.2, signal)]).astype(np.float32)}
    if label:
        table["label"] = np.repeat([0, 1], [background, signal])
    return table


class FolderTest(unittest.TestCase):
    """A test in an empty folder of its own."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        self.folder = pathlib.Path(temporary.name).resolve()
        os.chdir(self.folder)
        warnings.simplefilter("error", sideband.SidebandWarning)
        self.addCleanup(warnings.resetwarnings)

    def refused(self, kind, sentence, function, *arguments, **options):
        """The call raises this kind with this text."""
        with self.assertRaises(kind) as caught:
            function(*arguments, **options)
        self.assertEqual(str(caught.exception), sentence)
        return caught.exception

    def program(self, *lines):
        """Makes a program of Python lines the one that is run; ``arguments`` are its words."""
        path = self.folder / "program"
        path.write_text(f"#!{sys.executable}\nimport os, sys, signal\narguments = sys.argv[1:]\n" + "\n".join(lines))
        path.chmod(0o755)
        before = os.environ.get("SIDEBAND_PROGRAM")
        os.environ["SIDEBAND_PROGRAM"] = str(path)
        self.addCleanup(lambda: os.environ.pop("SIDEBAND_PROGRAM") if before is None else os.environ.update(SIDEBAND_PROGRAM=before))


def same_results(first, second):
    """results.json without what a run's time, place and machine say."""
    def numbers(run):
        results = json.loads((pathlib.Path(run) / "results.json").read_text())
        return {key: value for key, value in results.items() if key not in ("timing", "provenance")}

    return numbers(first) == numbers(second)
