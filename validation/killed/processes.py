"""Starts Sideband and kills it (SIGKILL) at random moments. Linux only: what a process has used is read from /proc."""
import os
import pathlib
import shlex
import subprocess
import sys
import time

PROGRAM = shlex.split(os.environ.get("SIDEBAND") or str(pathlib.Path(__file__).resolve().parents[2] / "sideband"))
APART = ["unshare", *([] if os.getuid() == 0 else ["--user", "--map-root-user"]), "--fork", "--pid", "--mount", "--mount-proc"]


def start(folder, *arguments, apart=False):
    """The process that ends, and the number of that which works: in a namespace of its own it is the first, so that nothing outlives it."""
    with open(folder / "said", "ab") as said:
        outer = subprocess.Popen([*(APART if apart else []), *PROGRAM, *arguments, "--quiet"], cwd=folder, stdout=said, stderr=said)
    inner = None if apart else outer.pid
    while inner is None and outer.poll() is None:
        children = pathlib.Path(f"/proc/{outer.pid}/task/{outer.pid}/children").read_text().split()
        inner = int(children[0]) if children else None
    return outer, inner


def finish(folder, *arguments):
    """Runs a command that nothing hits; seconds of CPU time that it took."""
    before = children()
    ended(start(folder, *arguments)[0], folder)
    return children() - before


def children():
    """Seconds of CPU time of all children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def kill(outer, process, come, folder):
    """Waits for the moment, kills, and says whether the process was hit: it may have ended well before."""
    while outer.poll() is None:
        seconds = used(process)
        if seconds is not None and come(seconds):
            os.kill(process, 9)
            return outer.wait() != 0
        time.sleep(0.001)
    return ended(outer, folder)


def ended(outer, folder):
    """False: a process that nothing hit ends well, or else the validation ends here."""
    if outer.wait() != 0:
        sys.exit(f"exit {outer.returncode} of {' '.join(outer.args)}: {(folder / 'said').read_text()[-2000:]}")
    return False


def used(process):
    """Seconds of CPU time of a process; none where it has ended."""
    try:
        fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def moment(chance, folder, takes):
    """Of the seconds that a process has used, whether its moment has come. Half of them are a random part of what the whole takes, the
    others when the first, second, fourth or eighth file is being written."""
    if chance.random() < 0.5:
        part = chance.uniform(0.1, 1) * takes
        return lambda seconds: seconds >= part
    old, seen, wanted = temporaries(folder), set(), chance.choice((1, 1, 2, 4, 8))

    def written(_):
        seen.update(temporaries(folder) - old)
        return len(seen) >= wanted
    return written


def temporaries(folder):
    """Names of files that are not whole yet."""
    return {name for _, _, files in os.walk(folder) for name in files if name.endswith(".tmp")}
