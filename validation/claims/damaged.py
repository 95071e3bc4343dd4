"""Claims about damaged event files: results/damaged.txt."""
from claim import find

FILES = ("fixed_blocks.h5", "table_data_columns.h5", "records.h5", "hdf5/types.h5", "hdf5/latest_tree.h5", "hdf5/latest_extensible.h5",
         "hdf5/latest_many_attributes.h5", "hdf5/blosc_blosclz_bytes.h5", "records.npy", "matrix_fortran.npy", "columns.npz",
         "named_matrix.npz", "events.csv")
WRONG = ("DIFFERENT", "crashed", "died", "hung")


def judge(text):
    """Refused, or read as another reader of the format reads it, or as if nothing were damaged."""
    copies, allowed = 0, {"0", "2", "3", "4"}
    for name in FILES:
        row = find(rf"^{name}: (\d+) copies; (.*)$", text, f"row of {name}")
        copies += int(row[1])
        wrong = {kind: int(find(rf"(\d+) {kind}", row[2], f"number of {kind} in the row of {name}")[1]) for kind in WRONG}
        codes = set(part.split()[-1] for part in row[2].split("; of processes ")[1].split(", "))
        yield not any(wrong.values()), f"{name}: " + ", ".join(f"{count} {kind}" for kind, count in wrong.items())
        yield codes <= allowed, f"{name}: processes of their own ended with 0, 2, 3 or 4 ({', '.join(sorted(codes))})"
    yield copies >= 10_000, f"at least 10,000 copies ({copies})"
