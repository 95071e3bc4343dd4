"""Makes the Parquet files that tests/Sideband.Events.Tests reads, with DuckDB through its C library.

    python3 tests/Reference/events/make_parquet.py LIBDUCKDB.so      (DuckDB 1.5.6, package @duckdb/node-bindings-linux-x64)

Rows i = 0 ... 5999 in row groups of 2048: x = 0.5 i (double, null where i % 7 = 3), f = i (float), n = i (int), b = i even, k = i % 3 (small
int, a dictionary), t (text), l (a list).
"""

import ctypes
import pathlib
import sys

HERE = pathlib.Path(__file__).parent / "parquet"
COLUMNS = """case when i % 7 = 3 then null else 0.5 * i end::double as x, i::float as f, i::int as n, i % 2 = 0 as b,
    (i % 3)::smallint as k, 'row ' || (i % 5) as t, [i, i] as l"""


def main():
    HERE.mkdir(exist_ok=True)
    library = ctypes.CDLL(sys.argv[1])
    database, connection = ctypes.c_void_p(), ctypes.c_void_p()
    assert library.duckdb_open(None, ctypes.byref(database)) == 0
    assert library.duckdb_connect(database, ctypes.byref(connection)) == 0

    def run(sql):
        assert library.duckdb_query(connection, sql.encode(), None) == 0, sql

    run("SET threads = 1")
    for codec, versions in (("uncompressed", ["v2"]), ("snappy", ["v2"]), ("gzip", ["v1"]), ("zstd", ["v1", "v2"]), ("lz4_raw", ["v2"]), ("brotli", ["v1"])):
        for version in versions:
            run(f"""COPY (SELECT {COLUMNS} FROM range(6000) r(i)) TO '{HERE}/{codec}_{version}.parquet'
                (FORMAT parquet, COMPRESSION {codec}, ROW_GROUP_SIZE 2048, PARQUET_VERSION {version})""")
    run(f"COPY (SELECT i::double AS x, i % 2 = 0 AS b FROM range(40) r(i)) TO '{HERE}/small.parquet' (FORMAT parquet, COMPRESSION snappy)")


if __name__ == "__main__":
    main()
