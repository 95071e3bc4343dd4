"""The report's figures, drawn by matplotlib from the same numbers. Every function returns the axes that it drew into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Iterator, Optional, Sequence, Tuple

import numpy as np

from . import _style as style
from ._errors import ConfigurationError
from ._plot_window import WindowPlots
from ._tables import Columns

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ESTIMATES = ("mc", "sideband", "mc_sideband", "strips", "mc_strips", "halves", "strips_or_halves", "labels")


class Plots(WindowPlots):
    """``run.plot``: figures of all windows here, of one window in the base class. ``unit`` is the unit of a mass of your own."""

    def significance(self, ax: "Optional[Axes]" = None, unit: Optional[str] = None) -> "Axes":
        """Signed significance by window and background efficiency; a deficit is negative.

        Bars: standard deviation over the runs. Open points: the effective efficiency is more than 25 % off, few template events pass, or a
        classifier learned nothing.
        """
        if self._run.blind:
            raise ConfigurationError(
                f"{self._run.path}: the search is blind, no significance is known; resume(run, unblind=True) scores the data")
        ax = style.one(ax)
        for e, points, x in self._points():
            spread = np.nan_to_num(points["significance_std"].astype(float))
            doubtful = np.array([bool(set(flags.split()) - {"ties_at_threshold"}) for flags in points["flags"]])
            colour, marker = style.colour(e), style.marker(e)
            ax.errorbar(x, points["significance"], spread, fmt="none", ecolor=colour, zorder=2)
            for chosen, fill in ((~doubtful, colour), (doubtful, "white")):
                ax.plot(x[chosen], points["significance"][chosen], marker, color=colour, markerfacecolor=fill, zorder=3)
            ax.plot([], [], marker, color=colour, label=style.working_point(self._run.epsilon_b[e]))
        ax.axhline(0, color=style.GREY, linewidth=1)
        ax.axhline(5, color=style.GREY, linewidth=1, linestyle="--")
        ax.set(ylabel="signed significance $S$ [$\\sigma$]")
        self._window_axis(ax, unit)
        ax.legend()
        return ax

    def counts(self, axes: "Optional[Sequence[Axes]]" = None, unit: Optional[str] = None) -> "Tuple[Axes, Axes]":
        """N_obs (points, bars of sqrt(N_obs)) on N_exp (lines in boxes of sigma_exp) by window, and their ratio."""
        above, below = style.two(axes)
        for e, points, x in self._points():
            half, colour = 0.42 * self._step(), style.colour(e)
            expected, relative = points["n_exp"].astype(float), points["sigma_exp"].astype(float)
            observed = points["n_obs"].astype(float)
            error = np.sqrt(observed)
            for ax, middle in ((above, expected), (below, np.where(np.isnan(expected), np.nan, 1.0))):
                ax.bar(x, 2 * relative * middle, 2 * half, middle * (1 - relative), color=colour, alpha=0.35, linewidth=0)
                ax.hlines(middle, x - half, x + half, color=colour)
            label = style.working_point(self._run.epsilon_b[e])
            seen = observed > 0
            above.errorbar(x[seen], observed[seen], error[seen], fmt=style.marker(e), color=colour, label=label)
            below.errorbar(x, observed / expected, error / expected, fmt=style.marker(e), color=colour)
        above.set(yscale="log", ylabel="events that pass")
        below.axhline(1, color=style.GREY, linewidth=1)
        below.set(ylabel="$N_{obs}/N_{exp}$")
        self._window_axis(below, unit)
        above.legend()
        return above, below

    def delta_sys(self, axes: "Optional[Sequence[Axes]]" = None) -> "Tuple[Axes, Axes]":
        """delta_sys against eps_B, mean over windows with the standard deviation over them as band; below sigma_stat of every window."""
        first = self._run.summary(self._shown())
        estimates = [name for name in _ESTIMATES if f"curve_delta_sys_{name}" in first]
        if not estimates:
            raise ConfigurationError(f"{self._run.path}: delta_sys was not estimated (systematics: {self._run.settings['systematics']})")
        above, below = style.two(axes)
        epsilon = first["curve_epsilon_b"]
        for i, name in enumerate(estimates):
            value, spread = first[f"curve_delta_sys_{name}"], first[f"curve_delta_sys_{name}_spread"]
            above.plot(epsilon, value, color=style.colour(i), linestyle=style.line(i), label=style.estimate(name.replace("_", "+")))
            above.fill_between(epsilon, value - spread, value + spread, color=style.colour(i), alpha=0.18, linewidth=0)
        for number in self._run.numbers:
            bold = number == self._shown()
            below.plot(epsilon, self._run.summary(number)["curve_sigma_stat"], color="#8A6D00" if bold else "#999999",
                       linewidth=2.5 if bold else 1, zorder=3 if bold else 2)
        for ax in (above, below):
            for cut in self._run.epsilon_b:
                ax.axvline(cut, color=style.GREY, linewidth=1, linestyle=":")
        above.axhline(0, color=style.GREY, linewidth=1)
        above.set(xscale="log", ylabel=r"$\delta_{sys}$ (relative)")
        below.set(yscale="log", xlabel=r"background efficiency $\epsilon_B$", ylabel=r"$\sigma_{stat}$ (rel.)")
        above.legend()
        return above, below

    def delta_sys_windows(self, axes: "Optional[Sequence[Axes]]" = None, unit: Optional[str] = None) -> "Tuple[Axes, ...]":
        """delta_sys of every window, one panel an estimate; bars: standard deviation over the runs. A ring marks the largest."""
        table = self._run.columns("delta_sys_windows")
        if not table:
            raise ConfigurationError(
                f"{self._run.path}: delta_sys was not measured in windows (systematics: {self._run.settings['systematics']})")
        estimates = list(dict.fromkeys(table["estimate"]))
        panels = style.stacked(len(estimates), axes)
        for ax, name in zip(panels, estimates):
            mine = {key: values[table["estimate"] == name] for key, values in table.items()}
            centres = 0.5 * (mine["low"] + mine["high"])
            x = centres + np.array([self._offset(self._run.epsilon_b.index(epsilon), centres) for epsilon in mine["epsilon_b"]])
            mean, spread = mine["mean"].astype(float), np.nan_to_num(mine["std"].astype(float))
            for e, epsilon in enumerate(self._run.epsilon_b):
                at = mine["epsilon_b"] == epsilon
                ax.errorbar(x[at], mean[at], spread[at], fmt=style.marker(e), color=style.colour(e), label=style.working_point(epsilon))
            if np.isfinite(mean).any():
                top = int(np.nanargmax(np.abs(mean)))
                ax.plot(x[top], mean[top], "o", markersize=16, markerfacecolor="none", color=style.GREY)
            ax.axhline(0, color=style.GREY, linewidth=1)
            ax.set(ylabel=r"$\delta_{sys}$ (relative)", title=style.estimate(name))
        panels[0].legend()
        panels[-1].set(xlabel=self._window_title(unit))
        return panels

    def limits(self, axes: "Optional[Sequence[Axes]]" = None, unit: Optional[str] = None, rule: str = "cls") -> "Tuple[Axes, ...]":
        """Upper limits by window, one panel a background efficiency: points observed, dashed lines expected, bands 68 and 95 %.

        Triangles, and bands that reach the upper edge: above the largest strength tried.
        """
        table = self._run.columns("limits")
        if not table:
            raise ConfigurationError(f"{self._run.path}: no limits; sideband.inject(run, signal) and sideband.limit(run) make them")
        if rule not in table["rule"]:
            raise ConfigurationError(f"rule: '{rule}' is not a rule; allowed: {', '.join(dict.fromkeys(table['rule']))}")
        table = {key: values[table["rule"] == rule] for key, values in table.items()}
        efficiencies = list(dict.fromkeys(table["epsilon_b"]))
        numbers = [table[key].astype(float) for key in ("limit", "expected_low_two", "expected_median", "expected_high_two")]
        known = np.concatenate([values[np.isfinite(values) & (values > 0)] for values in numbers])
        bottom, top = (known.min() / 1.3, 1.6 * known.max()) if len(known) else (0.1, 1.0)
        panels = style.stacked(len(efficiencies), axes)
        for ax, epsilon in zip(panels, efficiencies):
            mine = {key: values[table["epsilon_b"] == epsilon] for key, values in table.items()}
            centres = 0.5 * (mine["low"] + mine["high"])
            half = 0.35 * self._step(centres) * max(len(self._run.epsilon_b), 2) / 0.6
            for edge, colour, label in (("two", "#F0E442", "expected, 95 %"), ("one", "#009E73", "expected, 68 %")):
                low, high = mine[f"expected_low_{edge}"].astype(float), mine[f"expected_high_{edge}"].astype(float)
                high = np.where(np.isnan(high), top, high)
                ax.bar(centres, high - low, 2 * half, low, color=colour, alpha=0.7, linewidth=0, label=label)
            ax.hlines(mine["expected_median"].astype(float), centres - half, centres + half, color="black", linestyle="--")
            ax.plot(centres, mine["limit"].astype(float), "o", color="black", label="observed")
            beyond = mine["observed_beyond"].astype(bool)
            ax.plot(centres[beyond], np.full(beyond.sum(), top), "^", color="black", clip_on=False)
            ax.set(yscale="log", ylim=(bottom, top), ylabel="limit [signal events]", title=style.working_point(epsilon))
        panels[0].legend()
        panels[-1].set(xlabel=self._window_title(unit))
        return panels

    def _points(self) -> Iterator[Tuple[int, Columns, np.ndarray]]:
        table = self._run.columns("working_points")
        for e, epsilon in enumerate(self._run.epsilon_b):
            mine: Dict[str, Any] = {key: values[table["epsilon_b"] == epsilon] for key, values in table.items()}
            centres = 0.5 * (mine["low"] + mine["high"])
            yield e, mine, centres + self._offset(e, centres)

    # Every window has a place, its centre, and every working point a place beside it.
    def _step(self, centres: Optional[np.ndarray] = None) -> float:
        windows = self._run.columns("windows")
        if centres is None:
            centres = 0.5 * (windows["low"] + windows["high"])
        gaps = np.diff(np.unique(centres))
        spacing = gaps.min() if len(gaps) else float(np.mean(windows["high"] - windows["low"]))
        return float(spacing * 0.6 / max(len(self._run.epsilon_b), 2))

    def _offset(self, e: int, centres: np.ndarray) -> float:
        return self._step(centres) * (e - 0.5 * (len(self._run.epsilon_b) - 1))

    def _window_axis(self, ax: "Axes", unit: Optional[str]) -> None:
        windows = self._run.columns("windows")
        centres = np.unique(0.5 * (windows["low"] + windows["high"]))
        margin = self._step() * max(len(self._run.epsilon_b), 2)
        ax.set(xlabel=self._window_title(unit), xlim=(centres[0] - margin, centres[-1] + margin), xticks=centres[::1 + len(centres) // 12])

    def _window_title(self, unit: Optional[str]) -> str:
        windows = self._run.columns("windows")
        widths = windows["high"] - windows["low"]
        same = np.ptp(widths) < 1e-6 * widths.max()
        return f"centre of the window in {self._title(self._run.mass, unit)}" + (f", width {widths[0]:.4g}" if same else "")

