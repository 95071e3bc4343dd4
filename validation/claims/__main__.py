"""Judges the results of the validation scripts. Standard library only.

    python3 validation/claims stated NAME       exit 1 unless claims are stated for a result of this name
    python3 validation/claims keep NAME         reads a table, judges it, prints it with its claims and writes results/NAME
    python3 validation/claims check [FILE ...]  judges committed results again (default: all), and says where their claims are stale

Every claim is a line `claim holds: ...` or `CLAIM FAILS: ...`; exit 1 if one fails. The folder of `keep` is SIDEBAND_RESULTS
(default validation/results); the file is replaced at once, at the end, so that an aborted script leaves the old one.
"""
import os
import pathlib
import re
import sys

import cases
import counting
import cwola
import damaged
import densities
import feta
import fits
import interplay
import interruptions
import learned
import limits
import simulator
import tables_at_random
import toys
from claim import NotStated

RESULTS = pathlib.Path(__file__).resolve().parents[1] / "results"
HOLDS, FAILS = "claim holds: ", "CLAIM FAILS: "


def judge_of(name):
    """The judge of a result by its file name, as a function of the table; NotStated where there is none."""
    alone = {
        "pulls.txt": counting.pulls, "nulls.txt": counting.nulls, "power.txt": counting.power, "permutations.txt": counting.permutations,
        "example.txt": counting.example, "classifier.txt": counting.classifier,
        "density.txt": densities.density, "sculpting.txt": densities.sculpting, "simulator.txt": simulator.judge,
        "random-tables.txt": tables_at_random.judge, "cases.txt": lambda text: cases.judge(text, ""),
        "cases-quick.txt": lambda text: cases.judge(text, "quick"), "cases-few.txt": lambda text: cases.judge(text, "few"),
        "feta-toy.txt": toys.feta, "feta-toy-spline.txt": toys.spline,
        "interruptions.txt": interruptions.judge, "injections.txt": limits.injections, "coverage.txt": limits.coverage,
        "bump_hunt.txt": fits.bump_hunt, "damaged.txt": damaged.judge, "templates.txt": interplay.templates,
        "lacathode_figures-quick.txt": fits.figures, "lacathode_figures-paper.txt": fits.figures,
    }
    for kind in ("", "-quick"):
        alone[f"feta{kind}.txt"] = lambda text, quick=kind != "": feta.judge(text, quick)
        alone[f"oversampling{kind}.txt"], alone[f"bagging{kind}.txt"] = interplay.oversampling, interplay.bagging
        alone[f"interplay{kind}.txt"] = lambda text, quick=kind != "": interplay.interplay(text, quick)
    if name in alone:
        return alone[name]
    parts = tuple(name.removesuffix(".txt").split("-", 2))
    if parts in learned.EXCESS:
        return lambda text: learned.judge(text, *parts)
    match parts:
        case ("cwola", profile, ("baseline" | "baseline+delta_r") as features):
            return lambda text: cwola.judge(text, profile, features)
        case ("bump_hunt_shared", "cwola" | "lacathode" | "cathode+delta_r" | "lacathode+delta_r" as method, profile) if profile in fits.FOUND:
            return lambda text: fits.shared(text, method, profile)
        case ("ideal", "quick" | "standard" | "paper" as profile, *features) if features in ([], ["baseline+delta_r"]):
            return lambda text: counting.ideal(text, profile, *features or ["baseline"])
        case ("cathode_maf", "quick" | "standard", "baseline" | "baseline+delta_r"):
            return learned.densities
    raise NotStated(f"no claims are stated for {name} (state them in validation/claims)")


def claims(name, table):
    """One line a claim. A table that cannot be judged is a claim that fails."""
    lines = []
    try:
        for holds, sentence in judge_of(name)(table):
            lines.append((HOLDS if holds else FAILS) + sentence)
    except NotStated as missing:
        lines.append(FAILS + str(missing))
    except (KeyError, IndexError, ValueError) as unreadable:
        lines.append(f"{FAILS}the table cannot be read ({unreadable!r})")
    return lines


def without_claims(text):
    kept = [line for line in text.splitlines() if not re.match(f"{HOLDS}|{FAILS}", line)]
    return "\n".join(kept).rstrip() + "\n"


def failed(lines):
    return any(line.startswith(FAILS) for line in lines)


def keep(name):
    table = without_claims(sys.stdin.read())
    lines = claims(name, table)
    text = table + "\n".join(lines) + "\n"
    print(text, end="", flush=True)
    folder = pathlib.Path(os.environ.get("SIDEBAND_RESULTS") or RESULTS)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{name}.{os.getpid()}"
    temporary.write_text(text)
    temporary.replace(folder / name)
    return failed(lines)


def check(*files):
    wrong = False
    for path in map(pathlib.Path, files or sorted(RESULTS.glob("*.txt"))):
        text = path.read_text()
        lines = claims(path.name, without_claims(text))
        committed = [line for line in text.splitlines() if line.startswith((HOLDS, FAILS))]
        if committed != lines:
            lines.append(f"{FAILS}the claims in the file are not those of its table")
        print(f"{path.name}: {len(lines)} claims")
        print("".join(f"  {line}\n" for line in lines), end="")
        wrong |= failed(lines)
    return wrong


def stated(name):
    try:
        judge_of(name)
    except NotStated as missing:
        print(f"error: {missing}", file=sys.stderr)
        return True
    return False


if __name__ == "__main__":
    commands = {"stated": stated, "keep": keep, "check": check}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(int(commands[sys.argv[1]](*sys.argv[2:])))
