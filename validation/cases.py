"""Runs the cases of claims/cases.py and prints a row for each. Standard library only. Usage: cases.py RUNS [few|quick]."""
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "claims"))
import cases  # noqa: E402

PROGRAM = shlex.split(os.environ.get("SIDEBAND") or str(HERE.parent / "sideband"))


def finish(row, runs):
    """The run's folder, with results.json, or with the error that it ended with."""
    folder = runs / cases.key(row).replace(" ", "-")
    if not (folder / "said.json").exists():
        # Paths are relative to the tables: no name of a folder stands in what is written.
        done = subprocess.run([*PROGRAM, "scan", "--quiet", *row["options"], "--store", str((runs / "store").resolve()), "--out", str(folder.resolve())], cwd=runs / "tables",
                              capture_output=True, text=True)
        if done.returncode not in (0, 2, 3, 4):
            sys.exit(f"{cases.key(row)}: exit {done.returncode}: {done.stderr}")
        folder.mkdir(parents=True, exist_ok=True)
        for large in ("work", "scores", "summary"):
            shutil.rmtree(folder / large, ignore_errors=True)
        (folder / "said.json").write_text(json.dumps([done.returncode, done.stderr]))
    return folder


def cell(mean):
    return "-" if mean is None else f"{mean:+.3f}"


def line(row, folder):
    code, said = json.loads((folder / "said.json").read_text())
    words = " ".join(said.split())
    numbers, withheld = [], []
    if (folder / "results.json").exists():
        result = json.loads((folder / "results.json").read_text())
        numbers = [f"window {window['number']} " + " ".join(cell(point["significance"]["mean"]) for point in window["working_points"])
                   for window in result["windows"]]
        withheld = [window["number"] for window in result["windows"] if window["claim_withheld"]]
    return f"{cases.key(row)}: exit {code}; {', '.join(numbers)}; no claim {' '.join(map(str, withheld)) or 'none'}; {words}"


def main(runs, profile=""):
    print("S at 0.1 and 0.01 by window; windows without a claim; what was said")
    for row in cases.chosen(profile):
        print(line(row, finish(row, pathlib.Path(runs))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
