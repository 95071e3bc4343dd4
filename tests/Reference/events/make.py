"""Makes the event files that tests/Sideband.Events.Tests reads, and numpy's values for them.

    python3 tests/Reference/events/make.py      (pandas 1.5, PyTables 3.7)

Everything is drawn with a fixed seed. expected.json holds, for the one event sample that most files share, the derived features
computed here in double precision from the single-precision columns, and summaries of each file.
"""

import json
import pathlib
import warnings

import numpy as np
import pandas as pd
import tables

warnings.filterwarnings("ignore", category=tables.PerformanceWarning)
tables.VLArray._calc_chunkshape = lambda array, rows: (1,)  # else a column of text takes a megabyte
HERE = pathlib.Path(__file__).parent
ROWS = 60


def jets(rng):
    """Two nearly back-to-back jets an event, in GeV, in the columns of the LHC Olympics files."""
    columns = {}
    phi = rng.uniform(-np.pi, np.pi, ROWS)
    for jet, turn in (("j1", 0.0), ("j2", np.pi)):
        pt = rng.uniform(1000, 2000, ROWS)
        eta = rng.uniform(-2, 2, ROWS)
        angle = phi + turn + rng.normal(0, 0.1, ROWS)
        columns["px" + jet] = pt * np.cos(angle)
        columns["py" + jet] = pt * np.sin(angle)
        columns["pz" + jet] = pt * np.sinh(eta)
        columns["m" + jet] = rng.exponential(100, ROWS) + 20
        for n in (1, 2, 3):
            columns[f"tau{n}{jet}"] = rng.uniform(0.05, 0.9, ROWS) / n
    frame = pd.DataFrame(columns).astype("float32")
    frame.loc[3, ["tau1j1", "tau2j1", "tau3j1", "tau1j2", "tau2j2", "tau3j2"]] = 0  # 0/0
    frame.loc[4, "mj2"] = frame.loc[4, "mj1"]  # equal masses
    frame["label"] = (rng.uniform(size=ROWS) < 0.3).astype("float32")
    return frame


def derived(frame):
    """The features of the LHC Olympics sets in double precision; masses in TeV."""
    v = {name: frame[name].to_numpy(dtype=float) for name in frame.columns}
    p2 = {j: v["px" + j] ** 2 + v["py" + j] ** 2 + v["pz" + j] ** 2 for j in ("j1", "j2")}
    energy = sum(np.sqrt(p2[j] + v["m" + j] ** 2) for j in p2)
    momentum2 = sum((v[c + "j1"] + v[c + "j2"]) ** 2 for c in ("px", "py", "pz"))
    lighter_is_first = v["mj1"] <= v["mj2"]
    result = {
        "mjj": np.sqrt(energy**2 - momentum2) / 1000,
        "mj1": np.minimum(v["mj1"], v["mj2"]) / 1000,
        "delta_mj": np.abs(v["mj1"] - v["mj2"]) / 1000,
    }
    for a, b in ((2, 1), (3, 2)):
        ratio = {}
        for j in ("j1", "j2"):
            top, bottom = v[f"tau{a}{j}"], v[f"tau{b}{j}"]
            zero = (top == 0) & (bottom == 0)
            ratio[j] = np.where(zero, 0, top / np.where(zero, 1, bottom))
        result[f"tau{a}{b}_j1"] = np.where(lighter_is_first, ratio["j1"], ratio["j2"])
        result[f"tau{a}{b}_j2"] = np.where(lighter_is_first, ratio["j2"], ratio["j1"])
    phi = {j: np.arctan2(v["py" + j], v["px" + j]) for j in p2}
    eta = {j: np.arcsinh(v["pz" + j] / np.hypot(v["px" + j], v["py" + j])) for j in p2}
    dphi = np.abs(phi["j1"] - phi["j2"])
    dphi = np.minimum(dphi, 2 * np.pi - dphi)
    result["delta_r"] = np.hypot(dphi, eta["j1"] - eta["j2"])
    result["mj1_shifted"] = result["mj1"] + 0.1 * result["mjj"]
    result["delta_mj_shifted"] = result["delta_mj"] + 0.1 * result["mjj"]
    return result


def hdf(frame, name, key="df", **options):
    path = HERE / name
    path.unlink(missing_ok=True)
    frame.to_hdf(path, key=key, mode="w", **options)


def main():
    rng = np.random.default_rng(20260101)
    frame = jets(rng)
    double = frame.astype("float64")
    with_int_label = frame.astype({"label": "int64"})

    # pandas, fixed layout
    hdf(frame, "fixed_f4.h5")
    hdf(frame, "fixed_f4_zlib.h5", complib="zlib", complevel=9)
    hdf(frame, "fixed_f4_blosc.h5", complib="blosc", complevel=5)
    hdf(double, "fixed_f8.h5")
    hdf(frame.drop(columns="label"), "fixed_no_label.h5", key="events")
    blocks = with_int_label.copy()
    blocks["pxj2"] = blocks["pxj2"].astype("float64")
    blocks["is_test"] = blocks["pzj1"] > 0
    blocks["tau4j1"] = blocks["tau3j1"] / 2
    blocks["tau4j2"] = blocks["tau3j2"] / 2
    blocks["name"] = [f"event {i}" for i in range(ROWS)]
    hdf(blocks, "fixed_blocks.h5", complib="zlib", complevel=9)

    # pandas, table layout
    hdf(frame, "table_f4.h5", format="table", index=False)
    hdf(double, "table_f8_zlib.h5", format="table", index=False, complib="zlib", complevel=9)
    hdf(blocks, "table_data_columns.h5", format="table", index=False, complib="zlib", complevel=1, data_columns=["label", "mj1", "is_test"])
    hdf(with_int_label, "table_all_data_columns_blosc.h5", format="table", index=False, data_columns=True, complib="blosc:lz4", complevel=5)

    # a series is no table
    path = HERE / "series.h5"
    path.unlink(missing_ok=True)
    frame["mj1"].to_hdf(path, key="df", mode="w")

    # HDF5 without pandas: vectors in a group, and records
    with tables.open_file(HERE / "vectors.h5", "w") as file:
        for name in frame.columns:
            file.create_array("/", name, frame[name].to_numpy())
    with tables.open_file(HERE / "records.h5", "w") as file:
        file.create_table("/", "events", with_int_label.to_records(index=False), filters=tables.Filters(1, "zlib"))
    with tables.open_file(HERE / "unequal.h5", "w") as file:
        file.create_array("/", "mjj", np.arange(5.0))
        file.create_array("/", "x", np.arange(4.0))

    # text and NumPy
    frame.to_csv(HERE / "events.csv", index=False)
    np.save(HERE / "records.npy", with_int_label.to_records(index=False))
    np.save(HERE / "matrix.npy", np.ascontiguousarray(double.to_numpy()[:, :4]))
    np.save(HERE / "matrix_fortran.npy", np.asfortranarray(double.to_numpy()[:, :4]))
    np.savez_compressed(HERE / "columns.npz", **{name: with_int_label[name].to_numpy() for name in frame.columns})
    np.savez(HERE / "named_matrix.npz", data=np.asfortranarray(frame.to_numpy()), columns=np.array(frame.columns, dtype="U"))
    np.savez(HERE / "unequal.npz", mjj=np.arange(5.0), x=np.arange(4.0))
    np.save(HERE / "complex.npy", np.zeros((2, 2), dtype="complex128"))
    np.save(HERE / "big_endian.npy", np.arange(6, dtype=">f8").reshape(3, 2))
    np.savez(
        HERE / "types.npz",
        f4=np.array([[1.5, 2.5, np.nan], [4, 5, np.inf]], dtype="f4"),
        f8=np.array([1e-300, -2]),
        i2=np.array([-3, 7], dtype="i2"),
        i4=np.array([-3, 7], dtype="i4"),
        i8=np.array([2**60], dtype="i8"),
        u1=np.array([0, 255], dtype="u1"),
        text=np.array(["mjj", "\u0394m", ""]),
    )

    expected = {name: list(values) for name, values in derived(frame).items()}
    summary = {
        "derived": expected,
        "label": [int(x) for x in frame["label"]],
        "pxj1": [float(x) for x in frame["pxj1"]],
        "means": {name: float(double[name].mean()) for name in frame.columns},
        "correlation_with_mjj": {name: float(np.corrcoef(expected["mjj"], expected[name])[0, 1]) for name in expected if name != "mjj"},
    }
    (HERE / "expected.json").write_text(json.dumps(summary, indent=1) + "\n")


if __name__ == "__main__":
    main()
