"""What ``sideband score`` wrote for one file."""

from __future__ import annotations

import os
import pathlib
from typing import TYPE_CHECKING, Any, Dict, Union

import numpy as np

from . import _tables
from ._errors import ConfigurationError
from ._files import read_archive, read_json
from ._frames import frame
from ._tables import Columns

if TYPE_CHECKING:
    import pandas

class Scored:
    """Efficiencies and scores of other events.

    Attributes:
        path: ``DIR/scored/NAME.json``.
        results: Its content.
    """

    def __init__(self, path: "Union[str, os.PathLike[str]]") -> None:
        self.path = pathlib.Path(path)
        self.results: Dict[str, Any] = read_json(self.path, "sideband.score/1")

    def columns(self) -> Columns:
        """``efficiencies`` as one array a column, for use without pandas."""
        rows = []
        for window in self.results["windows"]:
            place = {"window": window["number"], "low": window["low"], "high": window["high"]}
            for kind in ("all", "signal", "background"):
                rows += [{**place, "class": kind, **point} for point in window.get(kind) or []]
        return _tables.columns(rows)

    @property
    def efficiencies(self) -> "pandas.DataFrame":
        """One row a window, class of events and background efficiency."""
        return frame(self.columns(), "efficiencies", "columns()")

    def arrays(self, window: int) -> Columns:
        """``row``, ``mass``, ``score`` and ``trained_on`` of each event, arrays of shape (n,)."""
        path = self.path.with_name(f"{self.path.stem}_window_{window}.npz")
        if not path.is_file():
            known = ", ".join(str(entry["number"]) for entry in self.results["windows"])
            raise ConfigurationError(f"{self.path}: no window {window}; allowed: {known}")
        return read_archive(path)

    def events(self, window: int) -> "pandas.DataFrame":
        """One row an event, in the order of the file's rows."""
        return frame({name: np.asarray(values) for name, values in self.arrays(window).items()}, "events(window)", "arrays(window)")

    def __repr__(self) -> str:
        return f"<Scored {self.path}: {self.results['events']} events>"
