"""DataFrames, where pandas is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Mapping

import numpy as np

if TYPE_CHECKING:
    import pandas


def frame(columns: Mapping[str, np.ndarray], what: str, instead: str) -> "pandas.DataFrame":
    """A DataFrame of columns of one length.

    Args:
        columns: Arrays of shape (n,).
        what: What was asked for, and
        instead: what gives it as arrays, for the message where pandas is missing.
    """
    try:
        import pandas
    except ImportError as error:
        raise ImportError(f"{what} is a pandas DataFrame, and pandas is not installed; {instead} gives arrays") from error
    return pandas.DataFrame(dict(columns))
