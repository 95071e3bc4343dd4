"""Events in memory: a table's columns, and the file that the program reads them from."""

from __future__ import annotations

import hashlib
import os
import pathlib
import tempfile
import zipfile
from typing import Any, BinaryIO, Dict, Mapping, Optional, Tuple

import numpy as np

from ._errors import InputDataError


def is_table(value: object) -> bool:
    """True for events in memory: a DataFrame (pandas, polars), a mapping of names to arrays, a structured array."""
    return isinstance(value, Mapping) or _is_frame(value) or (isinstance(value, np.ndarray) and value.dtype.names is not None)


def columns(table: Any, role: str) -> Dict[str, np.ndarray]:
    """The numeric columns of a table, sorted by name.

    Text, dates and the like are left out, as the program leaves them out of files; a search that asks for one says that it is not there.

    Args:
        table: What ``is_table`` is true of; n events.
        role: The option that the events are given for, for messages.

    Returns:
        Arrays of shape (n,), of the dtypes that they came in; a missing value is NaN.

    Raises:
        InputDataError: No events, no numeric column, columns of several lengths, an array that is no column.
    """
    names = list(table.dtype.names if isinstance(table, np.ndarray) else table.keys() if isinstance(table, Mapping) else table.columns)
    if len(set(map(str, names))) < len(names):
        twice = next(name for name in names if list(map(str, names)).count(str(name)) > 1)
        raise InputDataError(f"{role}: column '{twice}' is there twice; allowed: different names")
    found = {}
    for name in names:
        values = _values(table[name])
        if values is None:
            continue
        if values.ndim != 1:
            raise InputDataError(f"{role}: column '{name}' has the shape {values.shape}; allowed: one number an event, shape (n,)")
        found[str(name)] = values
    if not found:
        raise InputDataError(f"{role}: no column of numbers among {', '.join(map(str, names)) or 'none'}")
    lengths = {name: len(values) for name, values in found.items()}
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise InputDataError(f"{role}: the columns have several lengths ({shown}); allowed: one")
    return dict(sorted(found.items()))


def keep(table: Any, role: str, folder: pathlib.Path) -> Tuple[pathlib.Path, bool]:
    """Writes a table into a folder, as NPZ under a name made of its role and its content, whatever the order of the columns.

    A file of that name has that content already and is left alone: other runs may have been begun with it.

    Returns:
        The file, and whether it is new.
    """
    found = columns(table, role)
    content = hashlib.sha256()
    for name, values in found.items():
        content.update(f"{name}\0{values.dtype.str}\0{len(values)}\0".encode())
        content.update(values.data)
    path = folder / f"{role}-{content.hexdigest()[:16]}.npz"
    if path.exists():
        return path, False
    folder.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(prefix=f".{role}-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            write(file, found)
        os.chmod(unfinished, 0o644)
        os.replace(unfinished, path)
    except BaseException:
        os.unlink(unfinished)
        raise
    return path, True


def write(file: BinaryIO, found: Mapping[str, np.ndarray]) -> None:
    """Columns as an NPZ file without a date: the same columns give the same bytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, values in found.items():
            with archive.open(zipfile.ZipInfo(name + ".npy"), "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, values, allow_pickle=False)


def _is_frame(value: object) -> bool:
    return hasattr(value, "columns") and hasattr(value, "__getitem__") and hasattr(value, "shape")


def _values(column: Any) -> Optional[np.ndarray]:
    if isinstance(column, np.ma.MaskedArray):
        column = np.ma.filled(column.astype(float), np.nan)
    values = np.asarray(column)
    if values.dtype.kind == "O" and hasattr(column, "to_numpy"):
        # A column with missing values of its own kind (Int64, boolean); text fails.
        try:
            values = column.to_numpy(dtype="float64", na_value=np.nan)
        except (TypeError, ValueError):
            return None
    if values.dtype.kind not in "fiub":
        return None
    if values.dtype.kind == "f" and values.dtype.itemsize not in (4, 8):
        values = values.astype(np.float32 if values.dtype.itemsize < 4 else np.float64)
    return np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("="))
