"""Colours, marks, words and panels of the figures, as the report has them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Optional, Sequence, Tuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GREY = "#777777"
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8A6D00", "#444444")
_MARKERS = "osD^vP"
_LINES = ("-", "--", "-.", ":")
_ESTIMATES = {"mc": "Monte Carlo", "mc+sideband": "Monte Carlo (+) sideband", "labels": "truth (labels)"}


def colour(i: int) -> str:
    return _COLOURS[i % len(_COLOURS)]


def marker(i: int) -> str:
    return _MARKERS[i % len(_MARKERS)]


def line(i: int) -> str:
    return _LINES[i % len(_LINES)]


def estimate(name: str) -> str:
    """An estimate of delta_sys in words."""
    return _ESTIMATES.get(name, name)


def working_point(epsilon: float) -> str:
    """A background efficiency: a power of ten where it is one."""
    exponent = round(math.log10(epsilon))
    power = exponent < 0 and abs(epsilon / 10.0**exponent - 1) < 1e-9
    return rf"$\epsilon_B = 10^{{{exponent}}}$" if power else rf"$\epsilon_B = {epsilon:g}$"


def pyplot() -> Any:
    """matplotlib.pyplot, which only figures need."""
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise ImportError("run.plot draws with matplotlib, and matplotlib is not installed; sideband.report(run) needs none") from error
    return pyplot


def one(ax: "Optional[Axes]") -> "Axes":
    """A panel."""
    return ax if ax is not None else pyplot().subplots(figsize=(7, 4.2), layout="constrained")[1]


def two(axes: "Optional[Sequence[Axes]]") -> "Tuple[Axes, Axes]":
    """A panel and a lower one below it with the same horizontal axis."""
    if axes is None:
        figure, axes = pyplot().subplots(
            2, 1, figsize=(7, 5), sharex=True, layout="constrained", gridspec_kw={"height_ratios": (2.2, 1), "hspace": 0})
    above, below = axes
    return above, below


def stacked(count: int, axes: "Optional[Sequence[Axes]]") -> "Tuple[Axes, ...]":
    """Panels of one height with the same horizontal axis."""
    if axes is None:
        figure, grid = pyplot().subplots(count, 1, figsize=(7, 0.8 + 2.6 * count), sharex=True, squeeze=False, layout="constrained")
        axes = grid[:, 0]
    return tuple(axes)
