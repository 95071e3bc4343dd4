"""What a command leaves on the disk, compared with what it leaves when nothing hits it."""
import hashlib
import json
import shutil
import sys

from processes import start, temporaries

# They tell of time, of processes or of this validation itself.
APART_FROM = (".lock", "log.txt", "seal.json", "said")


def fresh(folder, like=None):
    shutil.rmtree(folder, ignore_errors=True)
    if like is None:
        folder.mkdir(parents=True)
    else:
        shutil.copytree(like, folder)
    return folder


def contents(folder):
    """Content of all files by name; of results.json without time and machine. Units may be packed in other files: what is made of them
    counts."""
    files = {}
    for path in (path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder)
        if path.name not in APART_FROM and "work" not in name.parts:
            files[str(name)] = path.read_bytes()
    for name in (name for name in files if name.endswith("results.json")):
        files[name] = {key: value for key, value in json.loads(files[name]).items() if key not in ("timing", "provenance")}
    return files


class Outcome:
    """How many searches or trials are as they should be."""

    def __init__(self, whole):
        self.expected, self.equal, self.verified, self.left = contents(whole), 0, 0, 0

    def add(self, folder):
        found = contents(folder)
        different = sorted(name for name in found.keys() | self.expected.keys() if found.get(name) != self.expected.get(name))
        if different:
            print(f"{folder}: not the same: {', '.join(different)}", file=sys.stderr)
        self.equal += not different
        self.verified += not (folder / "run/results.json").exists() or start(folder, "verify", "run")[0].wait() == 0
        self.left += len(temporaries(folder))

    def __str__(self):
        return f"equal {self.equal}, verified {self.verified}, temporaries left {self.left}"


def flip(chance, folder):
    """Flips a random bit of a random finished unit. Hashes of the file before and then; none where no unit is finished."""
    files = sorted((folder / "run/work").glob("*.units"))
    if not files:
        return set(), set()
    path = chance.choice(files)
    content = bytearray(path.read_bytes())
    before = hashlib.sha256(content).hexdigest()
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    return {before}, {hashlib.sha256(content).hexdigest()}


def set_aside(folder):
    """Hashes of the unit files that were found damaged."""
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "run" / "work" / "aside").glob("*")}
