"""An exception for each kind of error, with the program's sentence."""

import json
import os
import pathlib
import shutil
import unittest

import numpy as np

import sideband
from support import ROOT, SMALL, FolderTest, events, needs_pandas, pandas


class OfTheProgram(FolderTest):
    def test_configuration(self):
        error = self.refused(
            sideband.ConfigurationError, "unknown option '--metod' of sideband scan; did you mean '--method'?",
            sideband.scan, metod="cwola")
        self.assertEqual(error.exit_code, 2)
        self.assertIsInstance(error, ValueError)

    def test_input_data(self):
        pathlib.Path("table.csv").write_text("m,x,y\n1,2,three\n")
        with self.assertRaisesRegex(sideband.InputDataError, r"table\.csv.*three") as caught:
            sideband.scan("table.csv", out="run", **SMALL)
        self.assertEqual(caught.exception.exit_code, 3)
        self.assertFalse(pathlib.Path("run").exists())

    def test_units_that_failed(self):
        shutil.copy(ROOT / "schema" / "sideband.scan.example.json", "example.json")
        results = json.loads(pathlib.Path("example.json").read_text())
        results["failures"] = [{"work_unit": "experiment 0/data/window 5/run 1/fold 1", "reason": "a reason"}]
        pathlib.Path("example.json").write_text(json.dumps(results))
        self.program("os.mkdir('run')", "os.rename('example.json', 'run/results.json')", "sys.exit(4)")
        error = self.refused(
            sideband.UnitsFailedError,
            "run: 1 work units or numbers failed, the first experiment 0/data/window 5/run 1/fold 1: a reason", sideband.scan, out="run")
        self.assertEqual(error.run.columns("failures")["reason"].tolist(), ["a reason"])

    def test_what_the_program_does_not_know(self):
        self.program("print('error: unexpected: it broke', file=sys.stderr)", "sys.exit(1)")
        self.refused(sideband.ProgramError, "unexpected: it broke", sideband.scan, out="run")
        self.program("os.kill(os.getpid(), signal.SIGKILL)")
        self.refused(sideband.ProgramError, "the program was ended by SIGKILL; was there enough memory?", sideband.scan, out="run")

    def test_somebody_else_stopped_it(self):
        self.program("print('interrupted; what is done is kept', file=sys.stderr)", "sys.exit(130)")
        self.refused(sideband.SearchInterrupted, "interrupted; what is done is kept", sideband.scan, out="run")

    def test_no_program(self):
        os.environ["SIDEBAND_PROGRAM"], before = "nowhere", os.environ.get("SIDEBAND_PROGRAM", "")
        self.addCleanup(os.environ.update, SIDEBAND_PROGRAM=before)
        self.refused(
            sideband.ProgramNotFoundError, "SIDEBAND_PROGRAM: 'nowhere' is not a file; allowed: the program 'sideband', or sideband.dll",
            sideband.scan)


class OfArguments(FolderTest):
    def test_options_that_other_functions_have(self):
        self.refused(sideband.ConfigurationError, "dry_run: not an argument here; sideband.preview(...) shows the plan",
                     sideband.scan, dry_run=True)
        self.refused(sideband.ConfigurationError, "unblind: not an argument here; sideband.resume(run, unblind=True) unblinds",
                     sideband.scan, unblind=True)

    def test_tables_that_are_none(self):
        table = events()
        self.refused(
            sideband.InputDataError, "data: the columns have several lengths (m 4000, x 4000, y 3999); allowed: one",
            sideband.scan, dict(table, y=table["y"][1:]), out="run")
        self.refused(
            sideband.InputDataError, "mc: column 'y' has the shape (2000, 2); allowed: one number an event, shape (n,)",
            sideband.scan, table, mc=dict(table, y=table["y"].reshape(2000, 2)), out="run")
        self.refused(
            sideband.InputDataError, "data: no column of numbers among name", sideband.scan, {"name": np.array(["a", "b"])}, out="run")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_names_with_commas(self):
        self.refused(
            sideband.ConfigurationError,
            "data: 'a,b.csv' has a comma in its name; allowed: names without, since commas part the items of a list",
            sideband.scan, ["a,b.csv"], out="run")

    @needs_pandas
    def test_columns_of_every_kind(self):
        frame = pandas.DataFrame({
            "m": [1.0, 2.0], "n": pandas.array([1, None], dtype="Int64"), "flag": [True, False], "name": ["a", "b"],
            "day": pandas.to_datetime(["2020-01-01", "2020-01-02"]), "half": np.array([1, 2], np.float16), "big": np.array([1, 2], ">f4")})
        columns = sideband._events.columns(frame, "data")
        self.assertEqual({name: values.dtype.str for name, values in columns.items()},
                         {"big": "<f4", "flag": "|b1", "half": "<f4", "m": "<f8", "n": "<f8"})
        np.testing.assert_array_equal(columns["n"], [1, np.nan])


class OfFiles(FolderTest):
    def test_a_directory_that_is_no_run(self):
        self.refused(sideband.ConfigurationError, "nowhere: not a run directory (no results.json in it)", sideband.load, "nowhere")
        pathlib.Path("begun").mkdir()
        pathlib.Path("begun/search.yaml").write_text("")
        self.refused(
            sideband.ConfigurationError, "begun: no results yet; sideband.resume('begun') goes on with the search", sideband.load, "begun")

    def test_a_damaged_file(self):
        pathlib.Path("run").mkdir()
        results = pathlib.Path("run/results.json")
        for content, says in (
                ("{", "cannot be read: "), ("[]", "the schema is None; allowed: 'sideband.scan/1'"),
                ('{"schema": "sideband.scan/1"}', "no method in it")):
            results.write_text(content)
            with self.assertRaisesRegex(sideband.InputDataError, "run/results.json: " + says):
                sideband.load("run")
        shutil.copy(ROOT / "schema" / "sideband.scan.example.json", results)
        run = sideband.load("run")
        self.refused(
            sideband.InputDataError, "run/summary/window_5.npz: missing; 'sideband collect run' writes it again", run.summary, 5)
        self.refused(sideband.ConfigurationError, "run: no window 99; allowed: 4, 5, 6", run.summary, 99)
        pathlib.Path("run/summary").mkdir()
        pathlib.Path("run/summary/window_5.npz").write_bytes(b"PK\3\4 not")
        with self.assertRaisesRegex(sideband.InputDataError, "run/summary/window_5.npz: cannot be read: "):
            run.summary(5)


if __name__ == "__main__":
    unittest.main()
