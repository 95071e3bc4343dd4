"""What a finished search left in its directory."""

from __future__ import annotations

import math
import os
import pathlib
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Tuple, Union

from . import _tables
from ._errors import ConfigurationError, InputDataError
from ._files import read_archive, read_json
from ._frames import frame
from ._tables import Columns

if TYPE_CHECKING:
    import pandas

    from ._plot import Plots

# Words of results.json (docs/file-formats.md): a verdict of validation[], a state of windows[].
_OK, _TEMPLATE_FAILS = "ok", "template_fails"


def load(run: "Union[str, os.PathLike[str]]") -> "Run":
    """The results of a finished search.

    Args:
        run: Its directory.

    Raises:
        ConfigurationError: No run lies there, or it has no results yet.
        InputDataError: A file in it is damaged.
    """
    return Run(pathlib.Path(run))


class Run:
    """A finished search: ``results.json``, ``summary/`` and ``scores/`` of a run directory.

    Tables are pandas DataFrames; without pandas ``columns(name)`` gives the same as arrays. A number that is not defined is NaN, and the
    column ``reason`` says why. Figures: ``run.plot.significance()`` and others.

    Attributes:
        path: The run directory.
        results: results.json as it is, see docs/file-formats.md.
    """

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path
        self.results: Dict[str, Any] = _results(path)

    method: str = property(lambda self: self.results["method"], doc="Name of the background template.")  # type: ignore[assignment]
    mass: str = property(lambda self: self.results["mass"], doc="Column of the resonant variable.")  # type: ignore[assignment]
    blind: bool = property(lambda self: self.results["blind"], doc="True where no data were scored.")  # type: ignore[assignment]

    @property
    def features(self) -> Tuple[str, ...]:
        """Columns of the features."""
        return tuple(self.results["features"])

    @property
    def settings(self) -> Dict[str, str]:
        """Every setting as text, defaults filled in."""
        return dict(self.results["provenance"]["settings"])

    @property
    def epsilon_b(self) -> Tuple[float, ...]:
        """The working points: background efficiencies asked for."""
        return tuple(point["epsilon_b"] for point in self.results["windows"][0]["working_points"])

    @property
    def numbers(self) -> Tuple[int, ...]:
        """The windows' numbers."""
        return tuple(window["number"] for window in self.results["windows"])

    def columns(self, table: str) -> Columns:
        """A table as one array a column, for use without pandas; its name is that of the attribute."""
        return _tables.of(table, self.results)

    def _frame(self, table: str) -> "pandas.DataFrame":
        return frame(self.columns(table), f"run.{table}", f"run.columns('{table}')")

    @property
    def windows(self) -> "pandas.DataFrame":
        """One row a window: limits, ``events`` (N_SR), ``template_events`` (N_BT), sums of the template's weights, and what speaks against it."""
        return self._frame("windows")

    @property
    def working_points(self) -> "pandas.DataFrame":
        """One row a window and background efficiency: N_obs, N_exp, S with their spreads over the runs, errors, p-values, flags."""
        return self._frame("working_points")

    @property
    def runs(self) -> "pandas.DataFrame":
        """One row a window, background efficiency and run: what ``working_points`` has means of."""
        return self._frame("runs")

    @property
    def delta_sys(self) -> "pandas.DataFrame":
        """One row an estimate and background efficiency: the relative shift of the background estimate."""
        return self._frame("delta_sys")

    @property
    def delta_sys_windows(self) -> "pandas.DataFrame":
        """``delta_sys`` of each window; windows count in the grid of ``delta_sys_windows``, and are known by ``low`` and ``high``."""
        return self._frame("delta_sys_windows")

    @property
    def validation(self) -> "pandas.DataFrame":
        """One row a background efficiency: whether the windows beside the largest excess agree with the background estimate."""
        return self._frame("validation")

    @property
    def test_metrics(self) -> "pandas.DataFrame":
        """One row a window and background efficiency: AUC, signal efficiency, SIC of ``test`` events; empty without."""
        return self._frame("test_metrics")

    @property
    def template_quality(self) -> "pandas.DataFrame":
        """One row a learned density: AUC and Kolmogorov-Smirnov distances in the sidebands; empty where none is learned."""
        return self._frame("template_quality")

    @property
    def calibrations(self) -> "pandas.DataFrame":
        """One row a calibration of p-values, after ``sideband.calibrate``; its p-values stand in ``working_points``."""
        return self._frame("calibrations")

    @property
    def limits(self) -> "pandas.DataFrame":
        """One row a window, background efficiency and rule, after ``sideband.limit``: ``limit`` and its expectation, in signal events."""
        return self._frame("limits")

    @property
    def strengths(self) -> "pandas.DataFrame":
        """One row a window, background efficiency and injected strength, after ``sideband.inject``."""
        return self._frame("strengths")

    @property
    def fits(self) -> "pandas.DataFrame":
        """One row a mass and background efficiency (NaN: no cut), after ``sideband.fit``: the bump hunt in the mass spectrum."""
        return self._frame("fits")

    @property
    def inputs(self) -> "pandas.DataFrame":
        """One row an input: file, hash, events read, used and dropped."""
        return self._frame("inputs")

    @property
    def failures(self) -> "pandas.DataFrame":
        """One row a unit or number that failed, with the reason."""
        return self._frame("failures")

    def summary(self, window: int) -> Columns:
        """The arrays of ``summary/window_N.npz``; ``meaning(window)`` says what each is.

        Raises:
            ConfigurationError: No such window, or the search is blind.
            InputDataError: The file is missing or damaged.
        """
        return read_archive(self._file("summary", window, "npz"))

    def meaning(self, window: int) -> Dict[str, str]:
        """One line an array of ``summary(window)``: what it is, its unit and axes."""
        arrays = read_json(self._file("summary", window, "json"), "sideband.summary/1")["arrays"]
        return {name: entry["meaning"] for name, entry in arrays.items()}

    def spectrum(self, window: int) -> "pandas.DataFrame":
        """Mass spectrum of all data: bin limits, events before the cuts (``all``) and behind each of them, means over the runs."""
        arrays = self.summary(window)
        edges, passing = arrays["mass_edges"], arrays["mass_passing"]
        table = {"low": edges[:-1], "high": edges[1:], "all": arrays["mass_all"]}
        table.update({f"passing_{epsilon:g}": passing[e] for e, epsilon in enumerate(self.epsilon_b)})
        return frame(table, f"run.spectrum({window})", f"run.summary({window})")

    def curves(self, window: int) -> "pandas.DataFrame":
        """N_obs, N_exp, each delta_sys and sigma_stat at 100 background efficiencies."""
        arrays = {name[len("curve_"):]: values for name, values in self.summary(window).items() if name.startswith("curve_")}
        return frame(arrays, f"run.curves({window})", f"run.summary({window})")

    def scores(self, window: int) -> "pandas.DataFrame":
        """The score of every signal-region event in every run: source file and row, run, fold, mass, score."""
        arrays = read_archive(self._file("scores", window, "npz"))
        files = arrays.pop("source_files")
        table = {name: values for name, values in arrays.items() if not name.startswith("template_")}
        table["source"] = files[table["source"]]
        return frame(table, f"run.scores({window})", f"numpy.load('{self._path('scores', window, 'npz')}')")

    @property
    def plot(self) -> "Plots":
        """The report's figures, drawn by matplotlib."""
        from ._plot import Plots

        return Plots(self)

    @property
    def headline(self) -> Optional[Mapping[str, Any]]:
        """The row of ``working_points`` with the largest significance, among those that are claimed if any are; None without one.

        A window in which nothing is claimed (``claim_withheld``, or ``state`` "template_fails") is never taken.
        """
        points = self.columns("working_points")
        claimed = {(entry["epsilon_b"], entry["largest_excess"]) for entry in self.results["validation"]}
        unclaimed = {window["number"] for window in self.results["windows"] if _no_claim(window)}
        rows: List[Dict[str, Any]] = [{name: values[i] for name, values in points.items()} for i in range(len(points["window"]))]
        defined = [row for row in rows if not math.isnan(row["significance"]) and row["window"] not in unclaimed]
        best = [row for row in defined if (row["epsilon_b"], row["window"]) in claimed] or defined
        return max(best, key=lambda row: float(row["significance"])) if best else None

    def __repr__(self) -> str:
        best = self.headline
        unclaimed = [str(window["number"]) for window in self.results["windows"] if _no_claim(window)]
        nothing = f"nothing is claimed in window {', '.join(unclaimed)}"
        said = "blind" if self.blind else nothing if unclaimed else "no significance is defined"
        if best is not None:
            verdict = [entry["verdict"] for entry in self.results["validation"] if entry["epsilon_b"] == best["epsilon_b"]]
            doubt = "" if verdict == [_OK] else f"; nothing is claimed there: {', '.join(verdict)}"
            doubt += f"; {nothing}" if unclaimed else ""
            said = (f"largest S = {best['significance']:+.1f} in window {best['window']} [{best['low']:g}, {best['high']:g}) "
                    f"at eps_B = {best['epsilon_b']:g}{doubt}")
        return f"<Run {self.path}: {self.method} in {len(self.numbers)} windows of {self.mass}; {said}>"

    def _path(self, folder: str, window: int, ending: str) -> pathlib.Path:
        return self.path / folder / f"window_{window}.{ending}"

    def _file(self, folder: str, window: int, ending: str) -> pathlib.Path:
        if window not in self.numbers:
            raise ConfigurationError(f"{self.path}: no window {window}; allowed: {', '.join(map(str, self.numbers))}")
        path = self._path(folder, window, ending)
        if not path.is_file():
            if self.blind:
                raise ConfigurationError(f"{self.path}: the search is blind, no data were scored; resume(run, unblind=True) scores them")
            raise InputDataError(f"{path}: missing; 'sideband collect {self.path}' writes it again")
        return path


def _no_claim(window: Mapping[str, Any]) -> bool:
    return window.get("claim_withheld") is not None or window.get("state") == _TEMPLATE_FAILS


def _results(path: pathlib.Path) -> Dict[str, Any]:
    file = path / "results.json"
    if not file.is_file():
        raise ConfigurationError(
            f"{path}: no results yet; sideband.resume('{path}') goes on with the search" if (path / "search.yaml").is_file()
            else f"{path}: not a run directory (no results.json in it)")
    results = read_json(file, "sideband.scan/1")
    missing = [key for key in ("method", "mass", "features", "windows", "delta_sys", "validation", "provenance") if key not in results]
    if missing or not results["windows"]:
        raise InputDataError(f"{file}: no {(missing or ['windows'])[0]} in it")
    return results

