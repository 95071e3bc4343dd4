"""The program's commands as functions."""

from __future__ import annotations

import os
import pathlib
import re
import tempfile
import time
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

import numpy as np

from . import _events, _program
from ._arguments import Inputs, words
from ._errors import ConfigurationError, UnitsFailedError
from ._program import Progress
from ._run import Run, load
from ._scored import Scored

Path = Union[str, "os.PathLike[str]"]


def scan(
        data: Any = None, *, out: Optional[Path] = None, search: Optional[Path] = None, mc: Any = None, method: Optional[str] = None,
        mass: Optional[str] = None, features: Union[str, Sequence[str], None] = None, windows: Any = None,
        sideband: Optional[float] = None, working_points: Optional[Sequence[float]] = None, systematics: Any = None,
        profile: Optional[str] = None, seed: Optional[int] = None, progress: Progress = True, **options: Any) -> Run:
    """Searches events for a resonance: ``sideband scan``.

    Args:
        data: Events: a file (``"events.root:tree"``), a DataFrame, a dict of arrays of shape (n,), a structured array, or a list of these,
            which is read as one sample. Default: a built-in example.
        out: Run directory. If it holds the same search, this goes on with it. Default: ``runs/METHOD-TIME``.
        search: ``search.yaml`` with settings, which the other arguments take precedence over.
        mc: Simulated events without signal, by which ``delta_sys`` is measured; forms as of ``data``.
        method: ``"cwola"`` (default), ``"cathode"``, ...
        mass: Column of the resonant variable. Default: ``"mjj"``.
        features: Columns of the features, or the name of a set.
        windows: ``"1-9"``, (start, stop, step, width) of centres, or [(low, high), ...], in the unit of the mass.
        sideband: Width of the strip on either side of a window, in the unit of the mass.
        working_points: Background efficiencies, above 0 and below 1.
        systematics: Estimate of ``delta_sys``; ``"none"`` for statistical errors only.
        profile: ``"quick"``, ``"standard"`` (default) or ``"paper"``.
        seed: Of all random numbers; the same seed gives the same results to the last digit.
        progress: True shows a line that follows the work, a function gets each ``Step``, False is silent.
        options: Every other option of ``sideband scan`` by its name with underscores, as in ``search.yaml``: ``threads=1``, ``blind=True``,
            ``inject=("signal.h5", 1000, 1)``. Switches take True; each role takes what ``data`` takes.

    Events in memory are written to ``OUT/inputs``, under names made of their content, so that the run can be continued, moved and repeated
    when the table is long gone. They go when the run directory is deleted.

    Returns:
        The results. After Ctrl-C (KeyboardInterrupt) the same call, or ``sideband.resume(out)``, goes on.

    Raises:
        ConfigurationError: An argument is not allowed. Nothing was trained.
        InputDataError: Events cannot be used.
        UnitsFailedError: Some units failed; its ``run`` has the rest.
    """
    given = dict(
        options, data=data, mc=mc, method=method, mass=mass, features=features, windows=windows, sideband=sideband,
        working_points=working_points, systematics=systematics, profile=profile, seed=seed)
    _refuse(given, {"dry_run": "sideband.preview(...) shows the plan", "quiet": "progress=False is silent",
                    "unblind": "sideband.resume(run, unblind=True) unblinds"})
    root = pathlib.Path(out) if out is not None else _new_folder(method or (pathlib.Path(search).stem if search else "cwola"))
    with Inputs(root.resolve() / "inputs") as inputs:
        try:
            command = ["scan", *([os.fspath(search)] if search is not None else []), *words(given, inputs), "--out", str(root)]
            return _finish(root, _program.run(command, progress))
        except BaseException:
            # Without search.yaml nothing was begun; a search that was begun with other events does not need these.
            if not _refers_to(root, inputs):
                inputs.take_back()
            raise


def resume(run: Union[Run, Path], *, unblind: bool = False, progress: Progress = True, **options: Any) -> Run:
    """Goes on with a search that was interrupted: ``sideband scan DIR``. What is done is not done again.

    Args:
        run: The run or its directory.
        unblind: True scores the data of a blind search, with its frozen settings.
        progress: See ``scan``.
        options: Options that change no result, such as ``threads``.
    """
    root = _root(run)
    with Inputs(None) as inputs:
        return _finish(root, _program.run(["scan", str(root), *words(dict(options, unblind=unblind), inputs)], progress))


def preview(data: Any = None, **options: Any) -> str:
    """What ``scan`` with the same arguments would do: events a window, expected counts, CPU time. Nothing is trained or kept.

    Returns:
        A table, to be printed.
    """
    _refuse(options, {"out": "a preview writes nothing"})
    search = options.pop("search", None)
    options.pop("progress", None)
    with Inputs(None) as inputs:
        command = ["scan", *([os.fspath(search)] if search is not None else []), *words(dict(options, data=data), inputs), "--dry-run"]
        return _program.run(command).output


def score(run: Union[Run, Path], events: Any, name: Optional[str] = None) -> Scored:
    """Scores other events with the classifiers of a finished search: ``sideband score``.

    Args:
        run: The run or its directory.
        events: A file, or a table as of ``scan``, with the search's columns.
        name: What the results are called in ``DIR/scored``. Default: the file's name, ``"events"`` for a table.

    Returns:
        Efficiencies, and the score of each event in the order of its rows.
    """
    root = _root(run)
    if not _events.is_table(events):
        path = os.fspath(events)
        if name is not None:
            raise ConfigurationError(f"name: '{name}' is not allowed with a file, whose own name the results have ('{path}')")
        written = _written(_program.run(["score", str(root), path, "--quiet"]).output)
        return Scored(written[0])
    name = name or "events"
    if not re.fullmatch(r"[^/\0\[\],:]+", name):
        raise ConfigurationError(f"name: '{name}' is not allowed; allowed: a file name without / [ ] , :")
    with tempfile.TemporaryDirectory(prefix="sideband-") as folder:
        path = os.path.join(folder, name + ".npz")
        with open(path, "wb") as file:
            _events.write(file, _events.columns(events, "events"))
        written = _written(_program.run(["score", str(root), path, "--quiet"]).output)
    return Scored(written[0])


def simulate(events: int = 1_000_000, signal: int = 0, *, out: Optional[Path] = None, **options: Any) -> Dict[str, np.ndarray]:
    """Simulated events with a known answer: ``sideband simulate``.

    Args:
        events: Background events.
        signal: Signal events, over all masses.
        out: File to write as well, .npz or .csv.
        options: ``seed``, ``background="alternative"``, ``toy``, ``correlation``; with ``out`` also ``truth``.

    Returns:
        Columns of shape (events + signal,), ``label`` among them; ``pandas.DataFrame(...)`` makes a table of them.
    """
    if out is None:
        _refuse(options, {"truth": "it is written beside a file: give out"})
    given = dict(options, events=events, signal=signal or None)
    with tempfile.TemporaryDirectory(prefix="sideband-") as folder, Inputs(None) as inputs:
        path = os.path.join(folder, "events.npz")
        _program.run(["simulate", *words(dict(given, truth=None), inputs), "--out", path])
        if out is not None:
            _program.run(["simulate", *words(given, inputs), "--out", os.fspath(out)])
        with np.load(path) as archive:
            return {column: archive[column] for column in archive.files}


def report(runs: Union[Run, Path, Sequence[Union[Run, Path]]], *, out: Optional[Path] = None, units: Optional[Mapping[str, str]] = None,
           **options: Any) -> pathlib.Path:
    """Writes the HTML report of a run, or of several side by side: ``sideband report``.

    Args:
        runs: One or several runs or their directories.
        out: HTML file. Default: ``DIR/report.html``; of several runs ``comparison.html``.
        units: Unit of each column of a table of your own, for the axes: ``{"m_ll": "GeV"}``.
        options: Every other option of ``sideband report``.

    Returns:
        The file, which any browser shows without a network.
    """
    several = runs if isinstance(runs, (list, tuple)) else [runs]
    named: List[str] = []
    for column, unit in (units or {}).items():
        named += ["--unit", f"{column}={unit}"]
    with Inputs(None) as inputs:
        output = _program.run(["report", *(str(_root(run)) for run in several), *words(dict(options, out=out), inputs), *named]).output
    return pathlib.Path(out if out is not None else _written(output)[0])


def inspect(file: Path, **options: Any) -> str:
    """What is in a file: columns, ranges, missing values; with ``mass`` its spectrum: ``sideband inspect``.

    Returns:
        Tables, to be printed.
    """
    with Inputs(None) as inputs:
        return _program.run(["inspect", os.fspath(file), *words(options, inputs)]).output


def _finish(root: pathlib.Path, completed: _program.Completed) -> Run:
    run = load(root)
    if completed.exit_code == 4:
        failures = run.results["failures"]
        first = f", the first {failures[0]['work_unit']}: {failures[0]['reason']}" if failures else ""
        raise UnitsFailedError(f"{root}: {len(failures)} work units or numbers failed{first}", run, completed.details)
    return run


def _root(run: Union[Run, Path]) -> pathlib.Path:
    return run.path if isinstance(run, Run) else pathlib.Path(run)


def _new_folder(name: str) -> pathlib.Path:
    first = pathlib.Path("runs") / f"{name}-{time.strftime('%Y%m%d-%H%M%S')}"
    folder, number = first, 1
    while folder.exists():
        number += 1
        folder = first.with_name(f"{first.name}-{number}")
    return folder


def _refers_to(root: pathlib.Path, inputs: Inputs) -> bool:
    try:
        text = (root / "search.yaml").read_text(encoding="utf-8")
    except OSError:
        return False
    return any(path.name in text for path in inputs.new)


def _written(output: str) -> List[str]:
    return [line[len("wrote "):] for line in output.splitlines() if line.startswith("wrote ")]


def _refuse(options: Mapping[str, Any], instead: Mapping[str, str]) -> None:
    for name, what in instead.items():
        if options.get(name) is not None:
            raise ConfigurationError(f"{name}: not an argument here; {what}")
