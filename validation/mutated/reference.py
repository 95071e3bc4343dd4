"""Reads tables with numpy, pandas, h5py and PyTables. Of each line "KIND PATH" of standard input it writes a line: "read", with the columns
in PATH.reference.npz, or "refused REASON"."""
import pathlib
import resource
import sys
import warnings

import h5py
import numpy as np
import pandas as pd
import tables

MOST_BYTES = 8 << 30


def records(array):
    """Columns of an array of records; a field of n numbers is n columns."""
    columns = {}
    for name in array.dtype.names:
        field = array[name]
        if field.ndim == 1:
            columns[name] = field
        elif field.ndim == 2:
            columns.update({f"{name}_{i}": field[:, i] for i in range(field.shape[1])})
    return columns


def npy(path):
    array = np.load(path, allow_pickle=False)
    if array.dtype.names:
        return records(array)
    return {"c0": array} if array.ndim == 1 else {f"c{i}": array[:, i] for i in range(array.shape[1])}


def npz(path):
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    if set(arrays) == {"data", "columns"}:
        names = [str(name) for name in arrays["columns"]]
        if len(names) != arrays["data"].shape[1]:
            raise ValueError("not a name a column")
        return {name: arrays["data"][:, i] for i, name in enumerate(names)}
    return arrays


def csv(path):
    frame = pd.read_csv(path, comment="#", skipinitialspace=True, float_precision="round_trip", index_col=False)
    return {str(name): frame[name].to_numpy() for name in frame.columns}


def pandas(path):
    frame = pd.read_hdf(path)
    return {str(name): frame[name].to_numpy() for name in frame.columns}


def datasets(path):
    """All vectors of the file's only group of vectors, records, or pandas' blocks."""
    with h5py.File(path, "r") as file:
        group = file["df"] if "df" in file else file
        if "block0_values" in group:
            names = [name.decode() for name in group["block0_items"][()]]
            values = group["block0_values"][()]
            return {name: values[:, i] for i, name in enumerate(names)}
        columns = {}
        for name, item in group.items():
            if item is None:
                raise ValueError(f"{name} is listed and not found")
            if isinstance(item, h5py.Dataset) and item.ndim == 1:
                columns.update(records(item[()]) if item.dtype.names else {name: item[()]})
        return columns


def pytables(path):
    with tables.open_file(path) as file:
        return {node.name: node[:] for node in file.walk_nodes("/", "Leaf")}


READERS = {"npy": npy, "npz": npz, "csv": csv, "pandas": pandas, "datasets": datasets, "pytables": pytables}


def numbers(columns):
    """What is numbers or true and false, as float64; columns of another kind are left out."""
    return {name: np.asarray(column).astype("f8") for name, column in columns.items() if np.asarray(column).dtype.kind in "biuf"}


def main():
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    for line in sys.stdin:
        kind, path = line.rstrip("\n").split(" ", 1)
        try:
            columns = numbers(READERS[kind](path))
            if not columns:
                raise ValueError("no columns")
            # Names of files in an archive may not hold what names of columns may: the names go apart.
            values = {f"v{i}": column for i, column in enumerate(columns.values())}
            np.savez(f"{path}.reference.npz", names=np.array(list(columns), dtype=str), **values)
            print("read", flush=True)
        except Exception as error:  # whatever the libraries say: they refuse
            print("refused", type(error).__name__, " ".join(str(error).split())[:200], flush=True)


if __name__ == "__main__":
    main()
