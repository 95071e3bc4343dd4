"""Makes small HDF5 files of every storage that tests/Sideband.Events.Tests reads or refuses.

    /usr/bin/python3 tests/Reference/events/make_hdf5.py      (h5py 3.7, PyTables 3.7 with blosc's codecs)

Columns: x = 0.5 i as float64 and n = i as int32 for i = 0 ... rows - 1. What differs is how they lie.
"""

import pathlib
import sys

import h5py
import numpy as np
import tables

HERE = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "hdf5"
ROWS = 700


def columns(rows=ROWS):
    i = np.arange(rows)
    return {"x": 0.5 * i, "n": i.astype("i4")}


def write(name, libver="earliest", rows=ROWS, userblock=0, fill=None, **options):
    path = HERE / name
    with h5py.File(path, "w", libver=libver, userblock_size=userblock) as file:
        for key, values in columns(rows).items():
            file.create_dataset(key, data=values, track_times=False, **options)
        if fill:
            fill(file)


def main():
    HERE.mkdir(exist_ok=True)
    # Chunk indices of HDF5 1.10: single chunk, implicit, fixed array, extensible array (also with secondary blocks and pages), B-tree 2.
    write("latest_contiguous.h5", "latest")
    write("latest_single.h5", "latest", chunks=(ROWS,), compression="gzip")
    write("latest_fixed.h5", "latest", chunks=(50,), compression="gzip", shuffle=True)
    write("latest_fixed_pages.h5", "latest", chunks=(1,), rows=1100)
    write("latest_extensible.h5", "latest", chunks=(50,), maxshape=(None,), compression="gzip", fletcher32=True)
    write("latest_extensible_deep.h5", "latest", chunks=(1,), maxshape=(None,), rows=1100)
    with h5py.File(HERE / "latest_tree.h5", "w", libver="latest") as file:
        dtype = np.dtype([("x", "f8"), ("n", "i4")])
        values = np.empty(ROWS, dtype)
        values["x"], values["n"] = columns()["x"], columns()["n"]
        frame = file.create_group("df")
        frame.attrs.create("pandas_type", np.bytes_("frame"))
        frame["axis0"] = np.array([b"x", b"n"])
        frame["block0_items"] = np.array([b"x", b"n"])
        block = frame.create_dataset("block0_values", shape=(ROWS, 2), maxshape=(None, None), chunks=(9, 1), dtype="f8", track_times=False)
        block[:, 0], block[:, 1] = columns()["x"], columns()["n"]
    with h5py.File(HERE / "latest_implicit.h5", "w", libver="latest") as file:
        for key, values in columns().items():
            space = h5py.h5s.create_simple(values.shape)
            creation = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            creation.set_chunk((60,))
            creation.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
            creation.set_obj_track_times(False)
            h5py.h5d.create(file.id, key.encode(), h5py.h5t.py_create(values.dtype), space, creation).write(
                h5py.h5s.ALL, h5py.h5s.ALL, values)
    # Many members and many attributes: a fractal heap.
    def many(file):
        for i in range(20):
            file.create_dataset(f"extra{i:02}", data=np.arange(ROWS, dtype="i2") + i, track_times=False, compression="gzip")
    write("latest_many_members.h5", "latest", fill=many, compression="gzip")
    with h5py.File(HERE / "latest_many_attributes.h5", "w", libver="latest") as file:
        frame = file.create_group("df")
        for i in range(30):
            frame.attrs.create(f"note{i}", np.bytes_("text" * 10))
        frame.attrs.create("pandas_type", np.bytes_("frame"))
        frame["axis0"] = np.array([b"x", b"n"])
        frame["block0_items"] = np.array([b"x", b"n"])
        frame.create_dataset("block0_values", data=np.column_stack(list(columns().values())), track_times=False)
    # Old layout: B-tree of several levels, a user block, checksums, byte orders and types.
    write("tree_levels.h5", chunks=(2,), rows=400)
    write("user_block.h5", userblock=1024)
    write("fletcher.h5", chunks=(100,), fletcher32=True, compression="gzip", shuffle=True)
    with h5py.File(HERE / "types.h5", "w") as file:
        i = np.arange(20)
        for code in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"):
            for order in ("<", ">"):
                file.create_dataset(f"{code}{'b' if order == '>' else 'l'}", data=i.astype(order + code), track_times=False)
        file.create_dataset("bool", data=i % 2 == 0, track_times=False)
        file.create_dataset("long_double", data=i.astype("g"), track_times=False)
        file.create_dataset("compact", shape=(20,), dtype="f4", data=i, track_times=False)
        committed = np.dtype("f4")
        file["a_type"] = committed
        file.create_dataset("committed", data=i.astype("f4"), dtype=file["a_type"], track_times=False)
    with h5py.File(HERE / "compact.h5", "w") as file:
        values = np.arange(20.0)
        creation = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        creation.set_layout(h5py.h5d.COMPACT)
        h5py.h5d.create(file.id, b"x", h5py.h5t.py_create(values.dtype), h5py.h5s.create_simple((20,)), creation).write(
            h5py.h5s.ALL, h5py.h5s.ALL, values)
    # Blosc: each codec, each shuffle; 12,000 rows, so that blocks are split.
    for codec in ("blosclz", "lz4", "lz4hc", "zlib", "zstd"):
        for shuffle, kind in ((True, {"shuffle": True}), (False, {"bitshuffle": True, "shuffle": False})):
            with tables.open_file(HERE / f"blosc_{codec}_{'bytes' if shuffle else 'bits'}.h5", "w") as file:
                filters = tables.Filters(complevel=5, complib=f"blosc:{codec}", **kind)
                for key, values in columns(12000).items():
                    file.create_carray("/", key, obj=values, filters=filters, chunkshape=(5000,), track_times=False)
    # Two tables, soft links, and what lies in other files.
    with h5py.File(HERE / "two_tables.h5", "w") as file:
        for group, factor in (("a", 1), ("b/inner", 2)):
            for key, values in columns(30).items():
                file.create_dataset(f"{group}/{key}", data=values * factor, track_times=False)
        file["c"] = h5py.SoftLink("/b/inner")
    with h5py.File(HERE / "links.h5", "w") as file:
        for key, values in columns(30).items():
            file.create_dataset(key, data=values, track_times=False)
        file["soft"] = h5py.SoftLink("/x")
        file["nowhere"] = h5py.SoftLink("/none")
        file["external"] = h5py.ExternalLink("other.h5", "/x")
        file.create_dataset("scalar", data=139.0)
        file.create_dataset("edges", data=np.arange(5.0))
        file.create_dataset("matrix", data=np.zeros((30, 2)))
        file.create_dataset("author", data="nobody")
        file.create_dataset("outside", shape=(30,), dtype="f8", external=[("raw.bin", 0, 240)])
        layout = h5py.VirtualLayout(shape=(30,), dtype="f8")
        layout[:] = h5py.VirtualSource("other.h5", "x", shape=(30,))
        file.create_virtual_dataset("virtual", layout)
        file.create_dataset("lzf", data=np.arange(30.0), compression="lzf", chunks=(30,))
    with h5py.File(HERE / "circle.h5", "w") as file:
        inner = file.create_group("a/b/c")
        inner["back"] = file["a"]
        file["a/x"] = np.arange(5.0)
    with h5py.File(HERE / "soft_circle.h5", "w") as file:
        file["x"] = np.arange(5.0)
        file["one"], file["two"], file["three"] = h5py.SoftLink("/two"), h5py.SoftLink("/three"), h5py.SoftLink("/one")
    with h5py.File(HERE / "holes.h5", "w") as file:
        file.create_dataset("x", shape=(100,), dtype="f8", chunks=(10,))[:50] = 1.0


if __name__ == "__main__":
    main()
