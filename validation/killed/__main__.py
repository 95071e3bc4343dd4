"""Kills all methods and all commands that write, lets them go on, and compares with what nothing hit. Prints a row for each. Standard
library only. Usage: validation/killed RUNS [seed]; rows that are there in RUNS are not made again. SIDEBAND runs another program."""
import json
import os
import pathlib
import random
import sys

from directories import Outcome, flip, fresh, set_aside
from processes import children, ended, finish, kill, moment, start, temporaries

SEARCHES, KILLS = 5, 11
KILLS_OF_A_COMMAND, KILLS_OF_A_TRIAL = 8, 3
MENDED = {"fit": ["collect", "run"]}
COMMON = ["--data", "../data.npz", "--features", "mj1,delta_mj", "--windows", "4,6", "--profile", "quick", "--runs", "1",
          "--folds", "2", "--working-points", "0.1,0.01", "--systematics", "none"]
MEMBERS = ["--members", "4"]
RECIPE = ["--density-recipe", "quick,epochs=4,width=32,blocks=2,batch=64"]
SIMULATION, IDEAL, SIGNAL = ["--simulation", "../mc.npz"], ["--ideal-background", "../mc.npz"], ["--signal", "../signal.npz"]
METHODS = {
    "cwola": [], "cathode": RECIPE, "lacathode": RECIPE, "anode": RECIPE, "salad": SIMULATION, "feta": SIMULATION, "curtains": [],
    "combined": [*SIMULATION, "--combine", "salad,cathode", *RECIPE], "ideal": IDEAL, "supervised": [*IDEAL, *SIGNAL],
}
SEARCH = ["--method", "cwola", *MEMBERS, *COMMON]
PLAN, COLLECT = ["plan", "run", *SEARCH], ["collect", "run"]
WORK = ["work", "run", "--units", "1-4", "--threads", "2"]
SCAN = ["scan", "--out", "run", *SEARCH, "--threads", "2"]
INJECT = ["inject", "run", *SIGNAL, "--from", "simulator", "--strengths", "100,200", "--draws", "2", "--windows", "4",
          "--threads", "2"]
FIT = ["fit", "run", "--toys", "100"]
# What makes the directory that a command starts in, the command, and what shows its result. A fit that was killed while it wrote says that
# results.json has to be collected again.
COMMANDS = {
    "simulate": ([], ["simulate", "--events", "100000", "--truth", "--out", "simulated.npz"], []),
    "scan": ([], SCAN, []),
    "plan": ([], PLAN, []),
    "work": ([PLAN], WORK, [COLLECT]),
    "collect": ([PLAN, WORK], COLLECT, []),
    "calibrate": ([SCAN], ["calibrate", "run", "--permutations", "19", "--threads", "2"], []),
    "inject": ([SCAN], INJECT, []),
    "limit": ([SCAN, INJECT], ["limit", "run"], []),
    "fit": ([SCAN], FIT, []),
    "export": ([SCAN, FIT], ["export", "run", "--pyhf", "--hepdata"], []),
    "score": ([SCAN], ["score", "run", "../signal.npz", "../mc.npz"], []),
    "report": ([SCAN], ["report", "run", "--svg"], []),
    "compare": ([SCAN], ["compare", "run", "../ideal-whole/run", "--trainings", "1", "--members", "2", "--threads", "2",
                         "--out", "compared"], []),
}


def method(name, runs, chance):
    """Two workers of one run directory, each in PID and mount namespaces of its own, as in two containers; some are killed and started again,
    and now and then a bit of a finished unit is flipped in between."""
    members = [] if name == "anode" else MEMBERS
    options, whole = ["--method", name, *METHODS[name], *members, *COMMON], fresh(runs / f"{name}-whole")
    finish(whole, "plan", "run", *options)
    units = len(json.loads((whole / "run/plan.json").read_text())["units"])
    takes = finish(whole, "work", "run", "--units", f"1-{units}", "--threads", "2")
    finish(whole, *COLLECT)
    outcome, number, killed, cut, flipped, found = Outcome(whole), 0, 0, 0, 0, 0
    while number < SEARCHES or killed < KILLS:
        number += 1
        folder, damaged, is_open = fresh(runs / f"{name}-{number}"), set(), True
        finish(folder, "plan", "run", *options)
        while is_open:
            # Both do all of it, or a half each.
            parts = chance.choice(([(1, units)] * 2, [(1, units // 2), (units // 2 + 1, units)]))
            workers = [start(folder, "work", "run", "--units", f"{a}-{b}", "--threads", "1", apart=True)
                       for a, b in chance.sample(parts, 2)]
            is_open = False
            for outer, inner in workers:
                is_meant = killed < min(KILLS, 3 * number)
                hit = kill(outer, inner, moment(chance, folder, takes), folder) if is_meant else ended(outer, folder)
                killed, cut, is_open = killed + hit, cut + (hit and bool(temporaries(folder))), is_open or hit
            # No more than one file may be lost a round, or the search never ends.
            if is_open and chance.random() < 0.4:
                # A file that nobody has read since it was damaged before has but one content to find.
                before, then = flip(chance, folder)
                damaged = damaged - before | then
        finish(folder, *COLLECT)
        outcome.add(folder)
        flipped, found = flipped + len(damaged), found + len(damaged & set_aside(folder))
    return f"{killed} kills in {number} searches, {cut} in the midst of a file; {outcome}; {flipped} bits flipped, {found} found"


def command(name, runs, chance):
    """A command is killed up to three times in a row and then does the rest."""
    before, arguments, after = COMMANDS[name]
    origin = fresh(runs / f"{name}-before")
    for earlier in before:
        finish(origin, *earlier)
    whole = fresh(runs / f"{name}-run", like=origin)
    takes = finish(whole, *arguments)
    for later in after:
        finish(whole, *later)
    outcome, trials, killed, cut = Outcome(whole), 0, 0, 0
    while killed < KILLS_OF_A_COMMAND:
        trials += 1
        folder = fresh(runs / f"{name}-run-{trials}", like=origin)
        for _ in range(KILLS_OF_A_TRIAL):
            outer, inner = start(folder, *arguments)
            hit = kill(outer, inner, moment(chance, folder, takes), folder)
            killed, cut = killed + hit, cut + (hit and bool(temporaries(folder)))
            if hit and name in MENDED:
                finish(folder, *MENDED[name])
        for last in (arguments, *after):
            finish(folder, *last)
        outcome.add(folder)
    return f"{killed} kills in {trials} trials, {cut} in the midst of a file; {outcome}"


def main(runs, seed="1"):
    runs = pathlib.Path(runs).resolve()
    runs.mkdir(parents=True, exist_ok=True)
    for file, own, more in (("data", 0, ["5000", "--signal", "100"]), ("mc", 0, ["5000", "--background", "alternative"]),
                            ("signal", 1, ["1000", "--signal", "1000"])):
        if not (runs / f"{file}.npz").exists():
            finish(runs, "simulate", "--events", *more, "--seed", f"{int(seed) + own}", "--out", f"{file}.npz")
    for kind, names, make in (("method", METHODS, method), ("command", COMMANDS, command)):
        for name in names:
            row = runs / f"{kind}-{name}.row"
            if not row.exists():
                before = children()
                row.write_text(make(name, runs, random.Random(f"{seed} {kind} {name}")) + f"; {children() - before:.0f} CPU s")
            print(f"{kind} {name}: {row.read_text()}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
