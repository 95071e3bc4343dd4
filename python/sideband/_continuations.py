"""Commands that add to a finished search."""

from __future__ import annotations

import os
import pathlib
from typing import Any, Optional, Sequence, Union

from . import _events, _program
from ._arguments import Inputs, words
from ._errors import ConfigurationError
from ._program import Progress
from ._run import Run, load

Path = Union[str, "os.PathLike[str]"]


def calibrate(run: Union[Run, Path], *, permutations: Optional[int] = None, experiments: Optional[int] = None,
              background: Optional[str] = None, progress: Progress = True, **options: Any) -> Run:
    """Calibrated p-values from experiments without signal: ``sideband calibrate``. Goes on where it was.

    Args:
        run: The run or its directory.
        permutations: Permuted experiments.
        experiments: Pseudo-experiments in their place, of events of ``background``.
        background: Where these come from: "mc" or "simulator" (``--from``).
        options: Every other option of ``sideband calibrate``: ``split="half"``, ``over="window"``, ``stop_after=10``.

    Returns:
        The run with ``p_local_calibrated``, ``p_global`` and ``kappa`` in ``working_points``.
    """
    return _continued("calibrate", run, dict(options, permutations=permutations, experiments=experiments, **{"from": background}), progress)


def inject(run: Union[Run, Path], signal: Any = None, *, strengths: Optional[Sequence[float]] = None, draws: Optional[int] = None,
           background: Optional[str] = None, progress: Progress = True, **options: Any) -> Run:
    """An injection scan, the whole search again with signal of several strengths: ``sideband inject``. Goes on where it was.

    Args:
        run: The run or its directory.
        signal: Signal events: a file or a table, which is kept in ``inputs/`` of the run. Default: the built-in simulator's.
        strengths: Signal events before any cut, over all masses, ascending.
        draws: Redraws of background and signal at each strength.
        background: Where background events come from: "mc", the default, or "simulator" (``--from``).
        options: ``windows``, by default those that hold a tenth of the signal; ``threads``.

    Returns:
        The run with ``strengths`` and ``limits``.
    """
    return _continued("inject", run, dict(options, signal=signal, strengths=strengths, draws=draws, **{"from": background}), progress)


def limit(run: Union[Run, Path], *, luminosity: Optional[float] = None, **options: Any) -> Run:
    """Upper limits of an injection scan, with expected bands and coverage: ``sideband limit``.

    Args:
        run: The run or its directory, after ``inject``.
        luminosity: In 1/fb, for cross-sections.
        options: ``confidence``, by default 0.95.

    Returns:
        The run with ``limits``.
    """
    return _continued("limit", run, dict(options, luminosity=luminosity), False)


def fit(run: Union[Run, Path], *, sqrt_s: Optional[float] = None, signal: Any = None, **options: Any) -> Run:
    """The enhanced bump hunt on the spectra that the cuts leave: ``sideband fit``.

    Args:
        run: The run or its directory.
        sqrt_s: Energy of the collisions in the unit of the mass; 13 for ``mjj`` in TeV.
        signal: Simulated signal of one mass, for the shape: a file or a table.
        options: Every other option of ``sideband fit``.

    Returns:
        The run with ``fits``.
    """
    return _continued("fit", run, dict(options, sqrt_s=sqrt_s, signal=signal), False)


def export(run: Union[Run, Path], *, pyhf: bool = False, hepdata: bool = False, **options: Any) -> pathlib.Path:
    """The results for other programs, pyhf workspaces and a HEPData submission: ``sideband export``.

    Returns:
        The folder, ``DIR/export``.
    """
    root = _root(run)
    with Inputs(None) as inputs:
        _program.run(["export", str(root), *words(dict(options, pyhf=pyhf, hepdata=hepdata), inputs)])
    return root / "export"


def _continued(command: str, run: Union[Run, Path], options: "dict[str, Any]", progress: Progress) -> Run:
    root = _root(run)
    if options.get("dry_run") is not None:
        raise ConfigurationError(f"dry_run: not an argument here; 'sideband {command} {root} --dry-run' shows the plan")
    signal = options.get("signal")
    if signal is not None and not _events.is_table(signal):
        options["signal"] = os.fspath(signal)
    with Inputs(root.resolve() / "inputs") as inputs:
        try:
            _program.run([command, str(root), *words(options, inputs)], progress)
        except KeyboardInterrupt:
            raise
        except BaseException:
            inputs.take_back()
            raise
    return load(root)


def _root(run: Union[Run, Path]) -> pathlib.Path:
    return run.path if isinstance(run, Run) else pathlib.Path(run)
