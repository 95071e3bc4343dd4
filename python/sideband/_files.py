"""Files of a run, read or refused."""

from __future__ import annotations

import json
import pathlib
from typing import Any, Dict

import numpy as np

from ._errors import InputDataError


def read_json(file: pathlib.Path, schema: str) -> Dict[str, Any]:
    """An object of JSON.

    Raises:
        InputDataError: Not readable, damaged, or of another schema.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputDataError(f"{file}: cannot be read: {error}") from error
    if not isinstance(content, dict) or content.get("schema") != schema:
        found = content.get("schema") if isinstance(content, dict) else None
        raise InputDataError(f"{file}: the schema is {found!r}; allowed: '{schema}'")
    return content


def read_archive(file: pathlib.Path) -> Dict[str, np.ndarray]:
    """The arrays of an NPZ file.

    Raises:
        InputDataError: Not readable or damaged.
    """
    try:
        with open(file, "rb") as stream, np.load(stream, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except Exception as error:  # zipfile, zlib and numpy raise whatever a damaged file leads them to
        raise InputDataError(f"{file}: cannot be read: {error}") from error
