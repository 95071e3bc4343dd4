"""What reading costs: the same events from HDF5, ROOT and Parquet; 10,000,000 events of six columns from ROOT; damaged files.

The HDF5 file is that of ../shared/data; its columns are written as Parquet by Parquet.Net and as a ROOT tree (zlib, baskets of 100,000
entries) by the writer of tests/Reference/events/make_root.py. Each reading is a process of its own, which hashes the file, reads the
columns and builds the events; judged by the process's CPU time, start-up included. Damaged files: each format's test file, one in ten cut
short, others with one byte or three changed. Results in benchmarks/results/readers-PROCESSOR.json; exit 1 where a limit is missed.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = HERE / "Sideband.Benchmarks" / "bin" / "Release" / "net10.0" / "Sideband.Benchmarks"
EVENTS = HERE.parent / "tests" / "Reference" / "events"
DATA = HERE.parent.parent / "shared" / "data" / "qcd_pythia.features.h5"
COLUMNS = [f"{name}{jet}" for jet in ("j1", "j2") for name in ("px", "py", "pz", "m", "tau1", "tau2", "tau3")]
BASKET = 100_000
DAMAGED = [
    ("fixed_blocks.h5", "", "mjj", "mj1,tau21_j1"), ("table_data_columns.h5", "", "mjj", "mj1,tau21_j1"),
    ("root/small.root", ":events", "x", "n,arr[1]"), ("parquet/small.parquet", "", "f", "n"),
    ("columns.npz", "", "mjj", "mj1,tau21_j1"), ("events.csv", "", "mjj", "mj1,tau21_j1"),
]

sys.path.insert(0, str(EVENTS))
import make_root  # noqa: E402


def run(*arguments):
    done = subprocess.run([str(PROGRAM), "readers", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"readers {arguments} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout else None


def write_root(path, columns):
    """columns: name to array of float32 or float64."""
    rows = make_root.ROWS = len(next(iter(columns.values())))
    file = make_root.File()

    def branches(objects, _):
        result = []
        for name, values in columns.items():
            code = "D" if values.dtype.itemsize == 8 else "F"
            baskets = [
                (start, *make_root.basket(file, "events", values[start:start + BASKET].astype(values.dtype.newbyteorder(">")).tobytes(),
                                          min(BASKET, rows - start), "ZL"))
                for start in range(0, rows, BASKET)]
            result.append(make_root.branch(objects, name, [(name, code, 1, False, None)], baskets, None, rows))
        return result

    file.write(path, [make_root.tree(file, "events", 1, 1.0, branches)])


def best(times, *arguments):
    """The reading of least CPU time, of several."""
    return min((run(*arguments) for _ in range(times)), key=lambda reading: reading["cpu_s"])


def processor():
    with open("/proc/cpuinfo") as f:
        return next((line.split(":")[1].strip() for line in f if line.startswith("model name")), "unknown")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000, help="of the large ROOT file")
    parser.add_argument("--copies", type=int, default=2_000, help="damaged copies of each file")
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    result, missed = {"processor": processor(), "load_before": os.getloadavg()[0]}, []
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        if DATA.exists():
            run("write", DATA, ",".join(COLUMNS), folder)
            write_root(folder / "events.root", {name: numpy.fromfile(folder / f"{name}.f32", "<f4") for name in COLUMNS})
            same = ("mjj", "mj1,delta_mj,tau21_j1,tau21_j2")
            for name, spec in (("hdf5", DATA), ("root", folder / "events.root:events"), ("parquet", folder / "events.parquet")):
                result[name] = best(options.turns, "load", spec, *same)
                print(name, result[name], flush=True)
            for name in ("root", "parquet"):
                ratio = result[f"{name}_to_hdf5"] = result[name]["cpu_s"] / result["hdf5"]["cpu_s"]
                if ratio > 2 or result[name]["fingerprint"] != result["hdf5"]["fingerprint"]:
                    missed.append(f"{name}: {ratio:.2f} times HDF5, or other events")
        else:
            print(f"{DATA} is not there: formats are not compared")

        random = numpy.random.default_rng(1)
        columns = {"m": random.exponential(500, options.events) + 2000}
        columns |= {f"x{i}": random.normal(size=options.events).astype("<f4") for i in range(5)}
        write_root(folder / "large.root", columns)
        result["large_root"] = best(1, "load", f"{folder / 'large.root'}:events", "m", ",".join(list(columns)[1:]))
        print("large_root", result["large_root"], flush=True)
        if result["large_root"]["cpu_s"] > 10:
            missed.append("10,000,000 events take more than 10 CPU-seconds")

        result["damaged"] = {}
        for name, inner, mass, features in DAMAGED:
            done = result["damaged"][name] = run("damage", EVENTS / name, inner, mass, features, options.copies, folder)
            print(name, done, flush=True)
            if done["peak_mb"] > 1000:
                missed.append(f"damaged {name}: {done['peak_mb']:.0f} MB")

    path = HERE / "results" / f"readers-{re.sub('[^a-z0-9]+', '-', result['processor'].lower())}.json"
    path.write_text(json.dumps(result, indent=1) + "\n")
    print(f"wrote {path}")
    print("\n".join(missed) or "all limits hold")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
