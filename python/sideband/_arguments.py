"""Python values as the words of a command line."""

from __future__ import annotations

import os
import pathlib
import shutil
import tempfile
from typing import Any, List, Mapping, Optional

import numpy as np

from . import _events
from ._errors import ConfigurationError

# Options whose tuples are written A:B, not as a list.
_WITH_COLONS = ("mass_range", "inject", "windows", "delta_sys_windows")


class Inputs:
    """Events in memory of one command, as files: below a folder that stays, or in one that goes when the command has ended."""

    def __init__(self, folder: Optional[pathlib.Path]) -> None:
        self._folder, self._temporary = folder, folder is None
        self._made = [] if folder is None else [path for path in (folder, *folder.parents) if not path.exists()]
        self.new: List[pathlib.Path] = []

    def __enter__(self) -> "Inputs":
        return self

    def __exit__(self, *_: object) -> None:
        if self._temporary and self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def file_of(self, table: Any, role: str) -> str:
        """The file of a table; it is written where it is not there."""
        if self._folder is None:
            self._folder = pathlib.Path(tempfile.mkdtemp(prefix="sideband-"))
        if "," in str(self._folder):
            raise ConfigurationError(
                f"{self._folder}: a folder with a comma in its name cannot hold events; commas part the items of a list")
        path, new = _events.keep(table, role, self._folder)
        if new:
            self.new.append(path)
        return str(path)

    def take_back(self) -> None:
        """Removes what this command wrote, and the folders that it made: the search was refused, and nothing refers to it."""
        for path in self.new:
            path.unlink()
        for folder in self._made if self.new else ():
            try:
                folder.rmdir()
            except OSError:
                break


def words(options: Mapping[str, Any], inputs: Inputs) -> List[str]:
    """``--name value`` of each option that is not None or False; names are the command line's with underscores.

    Events in memory become files by ``inputs``; lists are joined by commas.
    """
    result: List[str] = []
    for name, value in options.items():
        if value is None or value is False:
            continue
        result.append("--" + name.replace("_", "-"))
        if value is not True:
            result.append(_text(name, value, inputs))
    return result


def _text(name: str, value: Any, inputs: Inputs) -> str:
    if _events.is_table(value):
        return inputs.file_of(value, name)
    if isinstance(value, tuple) and name in _WITH_COLONS:
        return ":".join(_text(name, item, inputs) for item in value)
    if isinstance(value, (list, tuple, np.ndarray)):
        return ",".join(_item(name, item, inputs) for item in value)
    return _scalar(value)


def _item(name: str, value: Any, inputs: Inputs) -> str:
    text = _text(name, value, inputs)
    if "," in text and isinstance(value, (str, os.PathLike)):
        raise ConfigurationError(f"{name}: '{text}' has a comma in its name; allowed: names without, since commas part the items of a list")
    return text


def _scalar(value: Any) -> str:
    if isinstance(value, (float, np.floating)):
        return repr(float(value))
    return os.fspath(value) if isinstance(value, os.PathLike) else str(value)

