"""Reads damaged copies of event files with Sideband and with the libraries of Python, and compares. Prints a row for each file: how many
were refused by both, by ours alone, read by both as the same, read as if nothing were damaged where the reference is not, or read as
something else. Usage: validation/mutated RUNS COPIES; needs numpy, pandas, h5py and PyTables; rows that are there in RUNS are not made again. SIDEBAND and
SIDEBAND_VALIDATION run other programs."""
import collections
import json
import os
import pathlib
import select
import shlex
import subprocess
import sys

import numpy as np

from mutate import mutated

ROOT = pathlib.Path(__file__).resolve().parents[2]
EVENTS = ROOT / "tests/Reference/events"
LONGEST = 30
BUILT = "validation/Sideband.Validation/bin/Release/net10.0/Sideband.Validation.dll"
READER = shlex.split(os.environ.get("SIDEBAND_VALIDATION") or f"dotnet {ROOT / BUILT}") + ["read"]
PROGRAM = shlex.split(os.environ.get("SIDEBAND") or str(ROOT / "sideband"))
FILES = {
    "fixed_blocks.h5": "pandas", "table_data_columns.h5": "pandas", "records.h5": "datasets", "hdf5/types.h5": "datasets",
    "hdf5/latest_tree.h5": "datasets", "hdf5/latest_extensible.h5": "datasets", "hdf5/latest_many_attributes.h5": "datasets",
    "hdf5/blosc_blosclz_bytes.h5": "pytables", "records.npy": "npy", "matrix_fortran.npy": "npy", "columns.npz": "npz",
    "named_matrix.npz": "npz", "events.csv": "csv",
}
# One copy in so many is read by a process of its own, as users do.
APART = 40


class Reader:
    """A process that reads files one after the other; started anew where it dies or hangs."""

    def __init__(self, arguments):
        self.arguments, self.process = arguments, None

    def ask(self, line):
        """Its answer, or "died" or "hung"."""
        if self.process is None:
            self.process = subprocess.Popen(self.arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            self.process.stdin.write(line.encode() + b"\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline() if select.select([self.process.stdout], [], [], LONGEST)[0] else b"hung"
        except BrokenPipeError:
            answer = b""
        if answer in (b"", b"hung"):
            self.process.kill()
            self.process.wait()
            self.process = None
        return answer.decode().rstrip("\n") or "died"


def table(path, ours):
    """What Sideband read: numeric columns by name, and the names of the others."""
    names = [column["name"] for column in ours["columns"] if column["numeric"]]
    values = np.fromfile(f"{path}.read").reshape(len(names), ours["rows"])
    return dict(zip(names, values)), {column["name"] for column in ours["columns"]}


def difference(columns, expected):
    """None where each column is as expected, or what is not."""
    for name, column in columns.items():
        if name not in expected:
            return f"column {name!r} is not expected ({', '.join(map(repr, expected))})"
        if column.shape != expected[name].shape:
            return f"column {name!r} has {len(column)} rows in place of {expected[name].shape}"
        if not np.array_equal(column, expected[name], equal_nan=True):
            at = np.flatnonzero(~((column == expected[name]) | (np.isnan(column) & np.isnan(expected[name]))))
            return f"column {name!r}, row {at[0]}: {column[at[0]]!r} in place of {expected[name][at[0]]!r} ({len(at)} rows)"
    return None


def judged(path, ours, reference, undamaged):
    """The class of a copy, and what is to be said of it."""
    if ours in ("died", "hung"):
        return ours, ""
    ours = json.loads(ours)
    if ours.get("exit", 0) not in (0, 2, 3, 4):
        return "crashed", ours["error"]
    if ours["seconds"] > LONGEST:
        return "hung", ""
    if "error" in ours:
        return ("refused by ours alone", ours["error"]) if reference == "read" else ("refused by both", "")
    columns, names = table(path, ours)
    change = difference(columns, undamaged)
    if reference != "read":
        return (REFUSES, "") if change is None else ("changed where the reference refuses", f"{change}; {reference}")
    with np.load(f"{path}.reference.npz") as file:
        expected = {str(name): file[f"v{i}"] for i, name in enumerate(file["names"])}
    what = difference(columns, expected)
    if what is None and expected.keys() - names:
        what = f"columns {sorted(expected.keys() - names)} are left out"
    if what is None:
        return "read as the same", ""
    return ("undamaged where the reference differs" if change is None else "DIFFERENT", what)


REFUSES = "undamaged where the reference refuses"
CLASSES = ("refused by both", "refused by ours alone", "read as the same", "undamaged where the reference differs", REFUSES,
           "changed where the reference refuses", "DIFFERENT", "crashed", "died", "hung")


def row(name, copies, runs, ours, reference):
    """The counts of a file. What is neither refused by both nor the same goes to NAME.log with its reason."""
    content, kind = (EVENTS / name).read_bytes(), FILES[name]
    whole = runs / pathlib.Path(name).name
    whole.write_bytes(content)
    undamaged, _ = table(whole, json.loads(ours.ask(str(whole))))
    counts, codes = collections.Counter(), collections.Counter()
    with open(runs / f"{name.replace('/', '_')}.log", "w") as log:
        for seed in range(copies):
            path = runs / f"{seed}-{pathlib.Path(name).name}"
            path.write_bytes(mutated(content, f"{name} {seed}"))
            verdict, why = judged(path, ours.ask(str(path)), reference.ask(f"{kind} {path}"), undamaged)
            counts[verdict] += 1
            if seed % APART == 0:
                codes[subprocess.run([*PROGRAM, "inspect", str(path)], capture_output=True, timeout=10 * LONGEST).returncode] += 1
            if verdict not in ("refused by both", "read as the same"):
                print(f"{path.name}: {verdict}: {why}", file=log)
            for file in (path, f"{path}.read", f"{path}.reference.npz"):
                pathlib.Path(file).unlink(missing_ok=True)
    exits = ", ".join(f"{count} exit {code}" for code, count in sorted(codes.items()))
    return f"{copies} copies; " + "; ".join(f"{counts[verdict]} {verdict}" for verdict in CLASSES) + f"; of processes {exits}"


def main(runs, copies):
    runs = pathlib.Path(runs).resolve()
    runs.mkdir(parents=True, exist_ok=True)
    ours, reference = Reader(READER), Reader([sys.executable, str(pathlib.Path(__file__).with_name("reference.py"))])
    for name in FILES:
        kept = runs / f"{name.replace('/', '_')}.{copies}.row"
        if not kept.exists():
            kept.write_text(row(name, int(copies), runs, ours, reference))
        print(f"{name}: {kept.read_text()}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
