"""Makes dijets.root, the file that from-a-root-file.ipynb reads: `sideband simulate` in three flat trees.

    PYTHONPATH=python:tests/Reference/events python3 docs/notebooks/make_dijets.py

`data`: 30,000 background and 150 signal events; `mc`: 30,000 of the alternative background; `signal`: 3,000 signal events. Numbers
have 12 bits behind the point, as analysis files often do, which packs them to half.
"""

import pathlib
import struct

import make_root
import numpy as np
import sideband

HERE = pathlib.Path(__file__).parent


def branches(file, name, columns):
    """A branch of floats a column, and of ints for labels, each in one basket."""
    def make(objects, _):
        result = []
        for column, values in columns.items():
            code = "I" if column == "label" else "F"
            packed = struct.pack(f">{len(values)}{code.lower()}", *values)
            basket = make_root.basket(file, name, packed, len(values), "ZL")
            result.append(make_root.branch(objects, column, [(column, code, 1, False, None)], [(0, *basket)], None, len(values)))
        return result
    return make


def short(values):
    """Numbers with the last 11 of 23 bits zero."""
    return (np.asarray(values, np.float32).view(np.uint32) & np.uint32(0xFFFFF800)).view(np.float32)


def main():
    signal = {name: values[-3000:] for name, values in sideband.simulate(1000, 3000, seed=5).items()}
    signal = {name: values[signal["label"] == 1] for name, values in signal.items()}
    trees = {
        "data": {name: values for name, values in sideband.simulate(30_000, 150, seed=3).items() if name != "label"},
        "mc": {name: values for name, values in sideband.simulate(30_000, seed=4, background="alternative").items() if name != "label"},
        "signal": signal}
    file, keys = make_root.File(), []
    for name, columns in trees.items():
        columns = {
            column: values.astype(int).tolist() if column == "label" else short(values).tolist()
            for column, values in columns.items() if column != "delta_r"}
        make_root.ROWS = len(next(iter(columns.values())))
        keys.append(make_root.tree(file, name, 1, 1.0, branches(file, name, columns)))
    file.write(HERE / "dijets.root", keys)


if __name__ == "__main__":
    main()
