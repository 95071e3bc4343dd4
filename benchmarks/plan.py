"""What 10,000 experiments of nine windows and five folds cost beside their units' own work. Standard library only; every part is a process.

Listed: the plan's 450,000 units, all held at once. A worker: from loaded inputs to its first unit, in a store of 9,000 packs of 50 finished
units. Bookkeeping: 50,000 units that do nothing. Collected: the counts of all experiments. All on one thread; judged by CPU time, which another load on the machine
lengthens least, with the wall time beside it. Where strace is installed, the files that are opened
and the syncs to the disk are counted in runs of their own. Results in benchmarks/results/plan-PROCESSOR.json; exit 1 where a limit is missed.
"""
import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, "Sideband.Benchmarks", "bin", "Release", "net10.0", "Sideband.Benchmarks")
UNITS = 45


def run(part, folder, experiments, events, before=()):
    done = subprocess.run([*before, PROGRAM, "plan", part, folder, str(experiments), str(events)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{part} failed:\n{done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def calls(part, folder, experiments, events):
    """How often files of the store were opened, and how often one was synced; None without strace."""
    if shutil.which("strace") is None:
        return None
    with tempfile.NamedTemporaryFile("r") as trace:
        run(part, folder, experiments, events, ["strace", "-f", "-qq", "-e", "trace=openat,fsync", "-o", trace.name])
        lines = trace.read().splitlines()
    opened = sum(folder in line and "openat(" in line and ".units" in line and "O_CREAT" not in line for line in lines)
    return {"packs_opened": opened, "syncs": sum(re.search(r"\bfsync\(", line) is not None for line in lines)}


def remove_newest(store, kept):
    """A worker's own pack goes again, so that the next one finds as much to do."""
    packs = sorted((entry for entry in os.scandir(store) if entry.name.endswith(".units")), key=lambda entry: entry.stat().st_mtime)
    for pack in packs[kept:]:
        os.remove(pack.path)


def processor():
    with open("/proc/cpuinfo") as f:
        names = [line.split(":")[1].strip() for line in f if line.startswith("model name")]
    return names[0] if names else platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--experiments", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=300_000, help="of the table that is searched")
    parser.add_argument("--folder", help="of the stores, kept for another call; default: a temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        measured, claims = measure(options, options.folder or temporary)
    for holds, claim in claims:
        print(("holds: " if holds else "MISSED: ") + claim)
    name = "".join(c if c.isalnum() else "-" for c in processor()).strip("-").lower()
    os.makedirs(os.path.join(HERE, "results"), exist_ok=True)
    with open(os.path.join(HERE, "results", f"plan-{name}.json"), "w") as out:
        json.dump({"processor": processor(), "load_at_end": os.getloadavg(), "claims": [claim for _, claim in claims], "parts": measured}, out, indent=1)
        out.write("\n")
    sys.exit(0 if all(holds for holds, _ in claims) else 1)


def measure(options, folder):
    store, other, more = (os.path.join(folder, name) for name in ("store", "other", "more"))
    experiments, events = options.experiments, options.events
    parts = {"list": run("list", store, experiments, events)}
    print("list", json.dumps(parts["list"]), flush=True)
    if not os.path.exists(store):
        parts["fill"] = run("fill", store, experiments, events)
        print("fill", json.dumps(parts["fill"]), flush=True)
    packs = len([name for name in os.listdir(store) if name.endswith(".units")])
    few = -(-50_000 // UNITS)
    for name, part, place, count, rows in (
            ("collect", "collect", store, experiments, events), ("work", "work", other, few, 10_000), ("start", "start", store, experiments + 2, events)):
        if name != "start":
            shutil.rmtree(other, ignore_errors=True)
        parts[name] = run(part, place, count, rows)
        print(name, json.dumps(parts[name]), flush=True)
    remove_newest(store, packs)
    parts["start"]["calls"] = calls("start", store, experiments + 2, events)
    remove_newest(store, packs)
    parts["work"]["calls"] = calls("work", more, few, 10_000)
    shutil.rmtree(more, ignore_errors=True)
    listed, start, work, collect = (parts[name] for name in ("list", "start", "work", "collect"))
    claims = [
        (listed["different_keys"] == listed["units"], f"every unit has a key of its own ({listed['units']} units)"),
        (listed["cpu_s"] < 20, f"{listed['units']} units are listed within 20 s ({listed['cpu_s']:.1f} s, wall {listed['wall_s']:.1f} s)"),
        (listed["process_peak_mb"] < 1000, f"within 1 GB ({listed['process_peak_mb']:.0f} MB; managed {listed['managed_mb']:.0f} MB)"),
        (start["first_unit_cpu_s"] < 2,
         f"a worker begins its first unit within 2 s beside {packs} packs ({start['first_unit_cpu_s']:.2f} s, wall {start['first_unit_s']:.2f} s)"),
        (work["cpu_s"] / work["units"] < 1e-3, f"bookkeeping costs less than 1 ms a unit ({1e3 * work['cpu_s'] / work['units']:.3f} ms)"),
        (True, f"the counts of {experiments} experiments are collected in {collect['cpu_s']:.1f} s (wall {collect['wall_s']:.1f} s)"),
    ]
    if start["calls"] is not None:
        opened = start["calls"]["packs_opened"]
        claims.append((opened <= packs, f"it opens each pack at most once ({opened} opened for {start['units']:.0f} units)"))
        syncs, full = work["calls"]["syncs"], -(-work["units"] // 64)
        claims.append((syncs == 2 * full, f"a pack of 64 units is synced once, and its folder once ({syncs} for {full:.0f})"))
    return parts, claims


if __name__ == "__main__":
    main()
