"""Makes the small ROOT files and the packed streams that tests/Sideband.Events.Tests reads without the large reference files.

    python3 tests/Reference/events/make_root.py      (Python's zlib and lzma; programs zstd, lz4 and xxh64sum)

codecs/plain.bin and the same bytes packed by each codec.

root/small.root: tree `events` in two cycles (the older one has other numbers), and folder/inner. 100 rows i = 0 ... 99:
x = 0.5 i (double, zlib; the last 20 rows lie in the tree's own record), n = i (int, xz), flag = i odd (bool, zstd), byte = 255 - i (unsigned
char, not packed), the leaf list p with a = i % 5 (float) and k = -(i % 3) (short; lz4), arr[3] = i, i + 1, i + 2 (float, zlib), var of variable
length, text. root/old_codec.root: a basket packed by 'CS'.
"""

import lzma
import pathlib
import struct
import subprocess
import zlib

HERE = pathlib.Path(__file__).parent
ROWS = 100


def run(*command, data):
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def lz4_block(data):
    """The one block of a frame that the program writes: magic, flags, sizes, header checksum, length, block, end."""
    frame = run("lz4", "-9", "--no-frame-crc", "-c", data=data)
    start = 4 + 2 + (8 if frame[4] & 8 else 0) + 1
    (length,) = struct.unpack_from("<I", frame, start)
    assert length < 1 << 31 and frame[start + 4 + length:] == b"\0\0\0\0"
    return frame[start + 4:start + 4 + length]


def xxh64(data):
    return bytes.fromhex(run("xxh64sum", data=data).split()[0].decode())


PACK = {
    "ZL": lambda data: (8, zlib.compress(data, 6)),
    "XZ": lambda data: (0, lzma.compress(data, check=lzma.CHECK_CRC32, preset=5)),
    "ZS": lambda data: (1, run("zstd", "-5", "-c", "--no-check", data=data)),
    "L4": lambda data: (1, (lambda block: xxh64(block) + block)(lz4_block(data))),
    "CS": lambda data: (8, data[:-4]),
}


def blocks(codec, data):
    """Nine bytes, and the packed data; two blocks, as for long objects."""
    if codec is None:
        return data
    result = b""
    for part in (data[:len(data) // 2], data[len(data) // 2:]):
        method, packed = PACK[codec](part)
        result += codec.encode() + bytes([method]) + struct.pack("<I", len(packed))[:3] + struct.pack("<I", len(part))[:3] + packed
    return result


def text(value):
    return bytes([len(value)]) + value.encode()


def counted(version, body):
    return struct.pack(">IH", 0x40000000 | (len(body) + 2), version) + body


T_OBJECT = struct.pack(">HII", 1, 0, 0x03000000)


def named(name, title=""):
    return counted(1, T_OBJECT + text(name) + text(title))


def key(class_name, name, payload, unpacked, cycle, seek, extra=b""):
    """TKey, version 4, with places of four bytes."""
    strings = text(class_name) + text(name) + text("")
    length = 4 + 2 + 4 + 4 + 2 + 2 + 4 + 4 + len(strings) + len(extra)
    head = struct.pack(">ihiIhhii", length + len(payload), 4, unpacked, 0, length, cycle, seek, 100)
    return head + strings + extra + payload


class Objects:
    """Objects behind pointers: the class name stands the first time, later its place."""

    def __init__(self, key_length):
        self.key_length, self.classes = key_length, {}

    def any(self, at, class_name, make):
        """Bytes of the object that begins at place `at` of the record."""
        if class_name in self.classes:
            head = struct.pack(">I", 0x80000000 | self.classes[class_name])
        else:
            self.classes[class_name] = at + 4 + self.key_length + 2
            head = struct.pack(">I", 0xFFFFFFFF) + class_name.encode() + b"\0"
        body = make(at + 4 + len(head))
        return struct.pack(">I", 0x40000000 | (len(head) + len(body))) + head + body

    def array(self, at, entries):
        """TObjArray of (class name, make(at)) or None."""
        body = T_OBJECT + text("") + struct.pack(">ii", len(entries), 0)
        for entry in entries:
            body += struct.pack(">I", 0) if entry is None else self.any(at + 6 + len(body), *entry)
        return counted(3, body)


class File:
    def __init__(self):
        self.bytes = bytearray(100)

    def add(self, class_name, name, payload, unpacked, cycle=1, extra=b""):
        seek = len(self.bytes)
        record = key(class_name, name, payload, unpacked, cycle, seek, extra)
        self.bytes += record
        return seek, record

    def directory(self, keys, name):
        """A directory's record and list of keys; the record's place."""
        listed = struct.pack(">i", len(keys)) + b"".join(keys)
        seek, record = self.add("TFile", name, listed, len(listed))
        body = struct.pack(">hIIiiiii", 5, 0, 0, len(record), 0, 0, 0, seek)
        return body

    def write(self, path, keys):
        listed = struct.pack(">i", len(keys)) + b"".join(keys)
        seek, record = self.add("TFile", path.name, listed, len(listed))
        place = len(self.bytes)
        self.bytes += struct.pack(">hIIiiiii", 5, 0, 0, len(record), 0, 100, 0, seek)
        self.bytes[:45] = b"root" + struct.pack(">iiiiiiiBiii", 62000, 100, len(self.bytes), 0, 0, 0, place - 100, 4, 101, 0, 0)[:41]
        path.write_bytes(self.bytes)


def basket_end(entries, last, flag=0):
    return struct.pack(">hiiiiB", 3, 32000, 1000, entries, last, flag)


def basket(file, tree, values, entries, codec):
    """A basket in the file: its place and length."""
    key_length = len(key("TBasket", tree, b"", 0, 1, 0, basket_end(0, 0)))
    seek, record = file.add("TBasket", tree, blocks(codec, values), len(values), 1, basket_end(entries, key_length + len(values)))
    return seek, len(record)


def basket_inside(tree, values, entries):
    plain = key("TBasket", tree, b"", len(values), 1, 0)
    length = len(plain) + 19
    head = struct.pack(">ihiIhhii", length + len(values), 4, len(values), 0, length, 1, 0, 0) + plain[26:]
    return head + basket_end(entries, length + len(values), 12) + bytes(length) + values


LEAVES = {"D": "TLeafD", "F": "TLeafF", "I": "TLeafI", "S": "TLeafS", "B": "TLeafB", "O": "TLeafO", "C": "TLeafC"}


def leaf(objects, at, name, code, length, unsigned, counter):
    def make(place):
        count = struct.pack(">I", 0)
        head = named(name) + struct.pack(">iii??", length, 1, 0, False, unsigned)
        if counter:
            # Behind the byte counts and versions of the leaf and of its base.
            count = objects.any(place + 12 + len(head), "TLeafI", lambda inner: counted(1, counted(2, named(counter) + struct.pack(">iii??I", 1, 4, 0, False, False, 0)) + bytes(8)))
        return counted(1, counted(2, head + count) + bytes(8))
    return (LEAVES[code], make)


def branch(objects, name, leaves, baskets, inside, entries, offsets=0):
    """baskets: (first entry, place, bytes); inside: an embedded basket or None."""
    def make(at):
        slots = len(baskets) + 1
        body = named(name) + counted(2, bytes(4))
        body += struct.pack(">iiiiq", 101, 32000, offsets, len(baskets), entries) + counted(1, b"\0")
        body += struct.pack(">iiIqqqq", 0, slots, 0, entries, 0, 0, 0)
        body += objects.array(at + 6 + len(body), [])
        body += objects.array(at + 6 + len(body), [leaf(objects, 0, *one) for one in leaves])
        body += objects.array(at + 6 + len(body), [None] * len(baskets) + [("TBasket", lambda _: inside)] if inside else [])
        firsts = [first for first, _, _ in baskets] + [entries if not inside else baskets[-1][0] + (entries - baskets[-1][0] - 20)]
        body += b"\1" + struct.pack(f">{slots}i", *[size for _, _, size in baskets], 0)
        body += b"\1" + struct.pack(f">{slots}q", *firsts)
        body += b"\1" + struct.pack(f">{slots}q", *[place for _, place, _ in baskets], 0)
        return counted(13, body + text(""))
    return ("TBranch", make)


def tree(file, name, cycle, factor, branches_of):
    empty = key("TTree", name, b"", 0, cycle, 0)
    objects = Objects(len(empty))
    body = named(name) + counted(2, bytes(6)) + counted(2, bytes(4)) + counted(2, bytes(6))
    body += struct.pack(">qqqqqdiiiiIqqqqqq", ROWS, 0, 0, 0, 0, 1.0, 0, 0, 0, 1000, 0, 0, 0, 0, 0, 0, 0)
    body += b"\0" + b"\0" + counted(1, b"\0")
    body += objects.array(6 + len(body), branches_of(objects, factor))
    body += objects.array(6 + len(body), [])
    payload = counted(20, body)
    packed = blocks("ZL", payload)
    seek, record = file.add("TTree", name, packed, len(payload), cycle)
    return key("TTree", name, packed, len(payload), cycle, seek)[:len(empty)]


def columns(file, name):
    i = list(range(ROWS))

    def make(objects, factor):
        x = struct.pack(f">{ROWS}d", *[0.5 * v * factor for v in i])
        at = [basket(file, name, x[:8 * 40], 40, "ZL"), basket(file, name, x[8 * 40:8 * 80], 40, "ZL")]
        result = [branch(objects, "x", [("x", "D", 1, False, None)], [(0, *at[0]), (40, *at[1])], basket_inside(name, x[8 * 80:], 20), ROWS)]

        def simple(branch_name, leaves, values, codec):
            result.append(branch(objects, branch_name, leaves, [(0, *basket(file, name, values, ROWS, codec))], None, ROWS))

        simple("n", [("n", "I", 1, False, None)], struct.pack(f">{ROWS}i", *i), "XZ")
        simple("flag", [("flag", "O", 1, False, None)], bytes(v % 2 for v in i), "ZS")
        simple("byte", [("byte", "B", 1, True, None)], bytes(255 - v for v in i), None)
        simple("p", [("a", "F", 1, False, None), ("k", "S", 1, False, None)], b"".join(struct.pack(">fh", v % 5, -(v % 3)) for v in i), "L4")
        simple("arr", [("arr", "F", 3, False, None)], b"".join(struct.pack(">fff", v, v + 1, v + 2) for v in i), "ZL")
        simple("var", [("var", "F", 1, False, "n")], struct.pack(f">{ROWS}f", *i), "ZL")
        simple("text", [("text", "C", 1, False, None)], b"\1a" * ROWS, "ZL")
        return result
    return make


def main():
    (HERE / "codecs").mkdir(exist_ok=True)
    (HERE / "root").mkdir(exist_ok=True)
    plain = struct.pack("<1500f", *[0.25 * (v % 97) for v in range(1500)])
    (HERE / "codecs" / "plain.bin").write_bytes(plain)
    for name, packed in (("zlib", PACK["ZL"](plain)[1]), ("xz", PACK["XZ"](plain)[1]), ("zst", PACK["ZS"](plain)[1]), ("lz4block", lz4_block(plain)),
                         ("lzma2.xz", lzma.compress(plain, check=lzma.CHECK_CRC64, preset=9 | lzma.PRESET_EXTREME))):
        (HERE / "codecs" / f"plain.{name}").write_bytes(packed)

    file = File()
    keys = [tree(file, "events", 1, 3.0, columns(file, "events")), tree(file, "events", 2, 1.0, columns(file, "events"))]
    inner = tree(file, "inner", 1, 2.0, columns(file, "inner"))
    folder = file.directory([inner], "folder")
    seek, record = file.add("TDirectoryFile", "folder", folder, len(folder))
    keys.append(record[:len(record) - len(folder)])
    file.write(HERE / "root" / "small.root", keys)

    file = File()
    old = lambda objects, factor: [branch(
        objects, "x", [("x", "D", 1, False, None)], [(0, *basket(file, "events", struct.pack(f">{ROWS}d", *range(ROWS)), ROWS, "CS"))], None, ROWS)]
    file.write(HERE / "root" / "old_codec.root", [tree(file, "events", 1, 1.0, old)])


if __name__ == "__main__":
    main()
