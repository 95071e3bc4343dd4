"""Figures of one window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, List, Optional, Sequence, Tuple

import numpy as np

from . import _style as style
from ._errors import ConfigurationError
from ._tables import Columns

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._run import Run

# As in the report: spectra join 2 bins of the summary, features behind a cut 3, scores as many as leave 60; ROC and SIC end where fewer
# than 25 background events pass.
_MASS_BINS, _FEATURE_BINS, _MOST_SCORE_BINS, _FEWEST_BACKGROUND = 2, 3, 60, 25
_FLOOR = 0.3
_MOST_TEV = 100
_SYMBOLS = {
    "mjj": r"$m_{JJ}$ [TeV]", "mj1": r"$m_{J1}$, lighter jet [TeV]", "delta_mj": r"$\Delta m_J$ [TeV]", "delta_r": r"$\Delta R_{JJ}$",
    "mj1_shifted": r"$m_{J1}$, lighter jet, shifted [TeV]", "delta_mj_shifted": r"$\Delta m_J$, shifted [TeV]"}


class WindowPlots:
    """Figures of one window; ``window`` is its number, by default that of the largest excess."""

    def __init__(self, run: "Run") -> None:
        self._run = run

    def mass(self, window: Optional[int] = None, ax: "Optional[Axes]" = None, unit: Optional[str] = None) -> "Axes":
        """The mass spectrum of all data, and the events (mean over runs) that pass the cuts of a window's classifiers; bars: sqrt(N)."""
        number = self._window(window)
        arrays = self._run.summary(number)
        ax = style.one(ax)
        edges = _joined_edges(arrays["mass_edges"], _MASS_BINS)
        centres = 0.5 * (edges[:-1] + edges[1:])
        ax.stairs(_joined(arrays["mass_all"], _MASS_BINS), edges, fill=True, color="#56B4E9", alpha=0.6, label="before the cuts")
        low, high = self._limits(number)
        ax.axvspan(low, high, color="#999999", alpha=0.2, label="signal region", linewidth=0)
        for e, epsilon in enumerate(self._run.epsilon_b):
            events = _joined(arrays["mass_passing"][e], _MASS_BINS)
            seen = events > 0
            error = np.sqrt(events[seen])
            ax.errorbar(centres[seen], events[seen], (np.minimum(error, np.maximum(events[seen] - _FLOOR, 0)), error), fmt=style.marker(e),
                        color=style.colour(e), markersize=4, linewidth=1, label=style.working_point(epsilon))
        ax.set(yscale="log", xlabel=self._title(self._run.mass, unit), ylabel=f"events per {edges[1] - edges[0]:.3g}")
        ax.set_xlim(edges[0], edges[-1])
        ax.legend()
        return ax

    def scores(self, window: Optional[int] = None, axes: "Optional[Sequence[Axes]]" = None) -> "Tuple[Axes, Axes]":
        """Scores of signal-region data over the template's, which is scaled to N_SR; dotted: the thresholds of the working points."""
        arrays = self._run.summary(self._window(window))
        filled = np.flatnonzero(arrays["score_template"] > 0)
        join = (filled[-1] - filled[0]) // _MOST_SCORE_BINS + 1 if len(filled) else 1
        above, below = self._comparison(
            _joined_edges(arrays["score_edges"], join), _joined(arrays["score_data"], join), _joined(arrays["score_template"], join),
            _joined(arrays["score_template_w2"], join), None, axes)
        for ax in (above, below):
            for cut in np.ravel(arrays["score_thresholds"]):
                ax.axvline(cut, color=style.GREY, linestyle=":", linewidth=1)
        below.set(xlabel="score (mean of the ensemble), dimensionless")
        return above, below

    def feature(self, name: str, window: Optional[int] = None, after: Optional[float] = None, axes: "Optional[Sequence[Axes]]" = None,
                unit: Optional[str] = None) -> "Tuple[Axes, Axes]":
        """A feature of signal-region data over the template's.

        Args:
            name: The feature.
            after: Background efficiency of a cut, behind which both are shown, the template scaled to N_exp. Default: before any cut, the
                template scaled to N_SR.
        """
        if name not in self._run.features:
            raise ConfigurationError(f"'{name}' is not a feature of the search; allowed: {', '.join(self._run.features)}")
        number = self._window(window)
        start = f"feature_{name}_"
        arrays = {key[len(start):]: values for key, values in self._run.summary(number).items() if key.startswith(start)}
        if after is None:
            panels = self._comparison(arrays["edges"], arrays["data"], arrays["template"], arrays["template_w2"], None, axes)
        else:
            e = self._working_point(after)
            points = self._run.columns("working_points")
            expected = points["n_exp"][(points["window"] == number) & (points["epsilon_b"] == self._run.epsilon_b[e])][0]
            data, template, squares = (
                _joined(arrays[key][e], _FEATURE_BINS) for key in ("passing", "template_passing", "template_passing_w2"))
            panels = self._comparison(arrays["edges"][::_FEATURE_BINS], data, template, squares, float(expected), axes)
        panels[1].set(xlabel=self._title(name, unit))
        return panels

    def roc(self, window: Optional[int] = None, ax: "Optional[Axes]" = None) -> "Axes":
        """Background rejection at each signal efficiency, where labels are known and at least 25 background events pass."""
        ax = style.one(ax)
        for i, (words, epsilon_b, epsilon_s, _) in enumerate(self._curves(window)):
            ax.plot(epsilon_s, 1 / epsilon_b, color=style.colour(i), linestyle=style.line(i), label=words)
        ax.set(yscale="log", xlim=(0, 1), xlabel=r"signal efficiency $\epsilon_S$", ylabel=r"background rejection $1/\epsilon_B$")
        ax.legend()
        return ax

    def sic(self, window: Optional[int] = None, rejection: bool = False, ax: "Optional[Axes]" = None) -> "Axes":
        """How much a cut multiplies S/sqrt(B), against signal efficiency, or background rejection; where labels are known."""
        ax = style.one(ax)
        for i, (words, epsilon_b, epsilon_s, sic) in enumerate(self._curves(window)):
            ax.plot(1 / epsilon_b if rejection else epsilon_s, sic, color=style.colour(i), linestyle=style.line(i), label=words)
        ax.set(ylim=(0, None), ylabel=r"SIC = $\epsilon_S/\sqrt{\epsilon_B}$")
        if rejection:
            ax.set(xscale="log", xlabel=r"background rejection $1/\epsilon_B$")
        else:
            ax.set(xlim=(0, 1), xlabel=r"signal efficiency $\epsilon_S$")
        ax.legend()
        return ax

    def training(self, window: Optional[int] = None, ax: "Optional[Axes]" = None) -> "Axes":
        """Log-loss by iteration, mean over the members that still train."""
        arrays = self._run.summary(self._window(window))
        ax = style.one(ax)
        for i, (name, words) in enumerate((("training_loss", "training half"), ("validation_loss", "held-out half"))):
            ax.plot(arrays[name], color=style.colour(i), linestyle=style.line(i), label=words)
        ax.set(xlabel="iteration", ylabel="log-loss [nat per event]")
        ax.legend()
        return ax

    def early_stopping(self, window: Optional[int] = None, ax: "Optional[Axes]" = None) -> "Axes":
        """The iteration of the smallest held-out loss, which is the one that scores, of every member."""
        iterations = np.ravel(self._run.summary(self._window(window))["best_iterations"])
        iterations = iterations[np.isfinite(iterations)].astype(int)
        ax = style.one(ax)
        highest = int(iterations.max(initial=0))
        width = highest // 40 + 1
        ax.hist(iterations, bins=np.arange(0, highest + 2 * width, width), color=style.colour(0), alpha=0.8)
        ax.set(xlabel="best iteration", ylabel="members")
        return ax

    def _comparison(self, edges: np.ndarray, data: np.ndarray, template: np.ndarray, squares: np.ndarray, expected: Optional[float],
                    axes: "Optional[Sequence[Axes]]") -> "Tuple[Axes, Axes]":
        """Data over a template that is scaled to ``expected`` events (None: to the data), with their ratio below."""
        above, below = style.two(axes)
        numbers = compared(edges, data, template, squares, expected)
        scaled, error, centres = numbers["template"], numbers["template_error"], numbers["center"]
        above.stairs(scaled, edges, color=style.colour(1), label="template, scaled")
        seen = data > 0
        above.errorbar(centres[seen], data[seen], np.sqrt(data[seen]), fmt="o", color=style.colour(0), markersize=4, label="data")
        known = scaled > 0
        relative = np.where(known, error / np.where(known, scaled, 1), np.nan)
        below.stairs(1 + relative, edges, baseline=1 - relative, fill=True, color=style.colour(1), alpha=0.35)
        below.errorbar(centres[seen], numbers["ratio"][seen], numbers["ratio_error"][seen], fmt="o", color=style.colour(0), markersize=4)
        below.axhline(1, color=style.GREY, linewidth=1)
        filled = np.flatnonzero((data > 0) | (template > 0))
        if len(filled):
            above.set(xlim=(edges[filled[0]], edges[filled[-1] + 1]))
        above.set(yscale="log", ylabel="events")
        below.set(ylabel="data/template")
        above.legend()
        return above, below

    def _curves(self, window: Optional[int]) -> List[Tuple[str, np.ndarray, np.ndarray, np.ndarray]]:
        number = self._window(window)
        arrays = self._run.summary(number)
        tested = [entry["background"] for entry in self._run.results.get("test_metrics") or [] if entry["number"] == number]
        windows = self._run.columns("windows")
        kinds = (("test", "test events", sum(tested)), ("data", "labels of the data", windows["events"][windows["window"] == number][0]))
        found = []
        for name, words, events in kinds:
            if f"roc_{name}_epsilon_s" in arrays:
                kept = arrays["roc_epsilon_b"] * events >= _FEWEST_BACKGROUND
                epsilon_b, epsilon_s, sic = (
                    arrays[key][kept] for key in ("roc_epsilon_b", f"roc_{name}_epsilon_s", f"sic_{name}"))
                found.append((words, epsilon_b, epsilon_s, sic))
        if not found:
            raise ConfigurationError(f"{self._run.path}: no labels are known; give labelled events with test=")
        return found

    def _shown(self) -> int:
        best = self._run.headline
        return int(best["window"]) if best is not None else self._run.numbers[len(self._run.numbers) // 2]

    def _window(self, window: Optional[int]) -> int:
        return self._shown() if window is None else window

    def _limits(self, number: int) -> Tuple[float, float]:
        windows = self._run.columns("windows")
        at = windows["window"] == number
        return float(windows["low"][at][0]), float(windows["high"][at][0])

    def _working_point(self, epsilon: float) -> int:
        near = [e for e, known in enumerate(self._run.epsilon_b) if abs(known / epsilon - 1) < 1e-9]
        if not near:
            allowed = ", ".join(f"{known:g}" for known in self._run.epsilon_b)
            raise ConfigurationError(f"after: {epsilon:g} is not a working point; allowed: {allowed}")
        return near[0]

    # What is derived from LHC Olympics columns has a symbol and a unit; a table's own column has the unit that is given.
    def _title(self, column: str, unit: Optional[str]) -> str:
        if unit is not None:
            return f"{column} [{unit}]" if unit else column
        derived = self._run.mass == "mjj" and self._run.columns("windows")["high"].max() < _MOST_TEV
        ratio = re.fullmatch(r"tau(\d\d)_j([12])", column)
        if derived and ratio:
            return rf"$\tau_{{{ratio[1]}}}$, {'lighter' if ratio[2] == '1' else 'heavier'} jet"
        return _SYMBOLS[column] if derived and column in _SYMBOLS else f"{column} [the table's unit]"


def compared(edges: np.ndarray, data: np.ndarray, template: np.ndarray, squares: np.ndarray, expected: Optional[float]) -> Columns:
    """The numbers of a comparison: the template scaled to ``expected`` events (None: to the data), its error, and data over template."""
    total = np.nansum(template)
    factor = (np.nansum(data) if expected is None else expected) / total if total > 0 else np.nan
    scaled = factor * template
    known = scaled > 0
    ratio = np.where(known & (data > 0), data / np.where(known, scaled, 1), np.nan)
    error = ratio / np.sqrt(np.where(data > 0, data, np.nan))
    return {"center": 0.5 * (edges[:-1] + edges[1:]), "template": scaled, "template_error": factor * np.sqrt(squares),
            "ratio": ratio, "ratio_error": error}


def _joined(values: np.ndarray, bins: int) -> np.ndarray:
    """Sums of so many neighbouring bins each; the last one of what is left."""
    return np.add.reduceat(values, np.arange(0, len(values), bins))


def _joined_edges(edges: np.ndarray, bins: int) -> np.ndarray:
    inner = edges[:-1:bins]
    return np.append(inner, edges[-1])
