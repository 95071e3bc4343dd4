"""Finds the program and runs it: progress while it runs, warnings as warnings, errors as exceptions."""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import warnings
from typing import Callable, List, Optional, Sequence, Union

from ._errors import BY_EXIT_CODE, ProgramError, ProgramNotFoundError, SidebandError, SidebandWarning

Progress = Union[bool, Callable[["Step"], None]]

_STEP = re.compile(r"(\d+) of (\d+) units, (.*)")
_PATIENCE = 60.0


class Step:
    """How far a command is.

    Attributes:
        done: Finished work units.
        total: Work units to do.
        text: Where it is and the remaining time, as the program says it.
    """

    def __init__(self, done: int, total: int, text: str) -> None:
        self.done, self.total, self.text = done, total, text

    def __repr__(self) -> str:
        return f"{self.done} of {self.total} units, {self.text}"


class Completed:
    """What a finished command wrote on standard output."""

    def __init__(self, exit_code: int, output: str, details: str) -> None:
        self.exit_code, self.output, self.details = exit_code, output, details


def find() -> List[str]:
    """The words that start the program.

    In this order: the environment variable ``SIDEBAND_PROGRAM`` (a program, or ``sideband.dll``); the one that this package carries; that
    of the checkout that this package lies in; ``sideband`` on the path.

    Raises:
        ProgramNotFoundError: There is none.
    """
    given = os.environ.get("SIDEBAND_PROGRAM")
    if given:
        if not os.path.isfile(given):
            raise ProgramNotFoundError(f"SIDEBAND_PROGRAM: '{given}' is not a file; allowed: the program 'sideband', or sideband.dll")
        return ["dotnet", given] if given.endswith(".dll") else [given]
    here = pathlib.Path(__file__).resolve().parent
    carried = here / "program" / "sideband"
    checkout = here.parent.parent / "sideband"
    for path in (carried, checkout):
        if path.is_file():
            return [str(path)]
    on_path = shutil.which("sideband")
    if on_path:
        return [on_path]
    raise ProgramNotFoundError(
        "the program 'sideband' is not there: install the package's platform wheel, which carries it, put 'sideband' on the path, "
        "or name it in SIDEBAND_PROGRAM")


def run(arguments: Sequence[str], progress: Progress = False) -> Completed:
    """Runs a command to its end.

    Args:
        arguments: The command and its options.
        progress: True shows a line that follows the work; a function gets each ``Step``; False is silent.

    Raises:
        SidebandError: The command failed; the class says how.
        KeyboardInterrupt: It was stopped from here. The program has ended, and what was done is kept.
    """
    environment = dict(os.environ, NO_COLOR="1", SIDEBAND_PROGRESS_SECONDS="1")
    with subprocess.Popen(
            [*find(), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
            encoding="utf-8", errors="replace") as process:
        output: List[str] = []
        reader = threading.Thread(target=lambda: output.append(process.stdout.read()), daemon=True)  # type: ignore[union-attr]
        reader.start()
        watcher = _Watcher(_Line() if progress is True else progress or None)
        try:
            for line in process.stderr:  # type: ignore[union-attr]
                watcher.take(line.rstrip("\n"))
            process.wait()
        except BaseException:
            _stop(process)
            raise
        finally:
            watcher.close()
        reader.join()
    code = process.returncode
    if code not in (0, 4):
        raise _error(code, watcher)
    return Completed(code, "".join(output), watcher.details)


def _stop(process: "subprocess.Popen[str]") -> None:
    # Asked as Ctrl-C asks: units that are finished stay. A second Ctrl-C, or patience at its end, kills; that too loses no finished unit.
    try:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE)
    except BaseException:
        process.kill()
        process.wait()


def _error(code: int, watcher: "_Watcher") -> SidebandError:
    if code < 0:
        name = signal.Signals(-code).name
        hint = "; was there enough memory?" if name == "SIGKILL" else ""
        return ProgramError(f"the program was ended by {name}{hint}", code, watcher.details)
    message = watcher.error or watcher.details or f"the program ended with exit code {code}"
    return BY_EXIT_CODE.get(code, ProgramError)(message, code, watcher.details)


class _Watcher:
    """Sorts the lines of standard error."""

    def __init__(self, show: Optional[Callable[[Step], None]]) -> None:
        self.error: Optional[str] = None
        self._others: List[str] = []
        self._show = show

    @property
    def details(self) -> str:
        return "\n".join(self._others)

    def take(self, line: str) -> None:
        step = _STEP.fullmatch(line)
        if line.startswith("warning: "):
            warnings.warn(line[len("warning: "):], SidebandWarning, stacklevel=5)
        elif line.startswith("error: "):
            self.error = line[len("error: "):]
        elif step:
            if self._show:
                self._show(Step(int(step[1]), int(step[2]), step[3]))
        elif line.strip():
            self._others.append(line)

    def close(self) -> None:
        if isinstance(self._show, _Line):
            self._show.close()


class _Line:
    """One line of text that is written over and over."""

    def __init__(self) -> None:
        self._width, self._begin = 0, time.monotonic()

    def __call__(self, step: Step) -> None:
        seconds = time.monotonic() - self._begin
        self._write(repr(step) if step.done < step.total else f"{step.total} units in {seconds:.0f} s")

    def close(self) -> None:
        if self._width:
            sys.stderr.write("\n")

    def _write(self, text: str) -> None:
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = len(text)
